import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answered, client, ErrorState } from '../../../kit/index.ts'
import { useSessionRefresh } from '../../session.ts'
import { EntrancePage } from './entrance-page.tsx'

const administrators = ['system_admin', 'security_admin', 'audit_admin'] as const

interface Person {
  readonly username: string
  readonly displayName: string
  readonly password: string
}
type Appointment = { readonly setupCode: string } & Readonly<Record<(typeof administrators)[number], Person>>

/** An installation without accounts: whoever holds the set-up code appoints the three administrators at once. */
export function FirstRunPage({ demo }: { demo: boolean }) {
  const { t } = useTranslation()
  const refresh = useSessionRefresh()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const appoint = async (body: Appointment) => {
    setBusy(true)
    setError(undefined)
    try {
      await answered(client.POST('/api/v1/first-run', { body }))
      await refresh()
    } catch (refused) {
      setError(refused)
    } finally {
      setBusy(false)
    }
  }
  const required = [{ required: true, message: t('session.missing') }]
  return (
    <EntrancePage demo={demo} title={t('session.firstRunTitle')} wide>
      <p>{t('session.firstRunWhy')}</p>
      <Form<Appointment> layout="vertical" requiredMark={false} onFinish={(entry) => void appoint(entry)}>
        <Form.Item
          name="setupCode"
          label={t('session.setupCode')}
          extra={t('session.setupCodeHint')}
          rules={required}
        >
          <Input autoFocus autoComplete="off" />
        </Form.Item>
        {administrators.map((role) => (
          <fieldset key={role} style={{ border: '1px solid #DDE4E7', borderRadius: 6, marginBottom: 16 }}>
            <legend style={{ padding: '0 6px', fontWeight: 600 }}>
              {t(`session.administrators.${role}`)}
            </legend>
            <Form.Item name={[role, 'username']} label={t('session.username')} rules={required}>
              <Input autoComplete="off" />
            </Form.Item>
            <Form.Item name={[role, 'displayName']} label={t('session.displayName')} rules={required}>
              <Input autoComplete="off" />
            </Form.Item>
            <Form.Item
              name={[role, 'password']}
              label={t('session.password')}
              extra={t('session.passwordRules')}
              rules={required}
            >
              <Input.Password autoComplete="new-password" />
            </Form.Item>
          </fieldset>
        ))}
        {error ? <ErrorState error={error} /> : null}
        <Button type="primary" htmlType="submit" block loading={busy} style={{ marginTop: 16 }}>
          {t('session.create')}
        </Button>
      </Form>
    </EntrancePage>
  )
}
