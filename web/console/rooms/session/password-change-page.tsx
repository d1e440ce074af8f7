import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answered, client, ErrorState } from '../../../kit/index.ts'
import { useSessionRefresh } from '../../session.ts'
import { EntrancePage } from './entrance-page.tsx'

interface Change {
  readonly current: string
  readonly password: string
  readonly again: string
}

/** The forced change at the first sign-in and after expiry; nothing else opens before. */
export function PasswordChangePage({ demo }: { demo: boolean }) {
  const { t } = useTranslation()
  const refresh = useSessionRefresh()
  const [error, setError] = useState<unknown>()
  const change = async ({ current, password }: Change) => {
    setError(undefined)
    try {
      await answered(client.POST('/api/v1/session/password', { body: { current, password } }))
      await refresh()
    } catch (refused) {
      setError(refused)
    }
  }
  return (
    <EntrancePage demo={demo} title={t('session.changeTitle')}>
      <p>{t('session.changeWhy')}</p>
      <Form<Change> layout="vertical" requiredMark={false} onFinish={(entry) => void change(entry)}>
        <Form.Item
          name="current"
          label={t('session.currentPassword')}
          rules={[{ required: true, message: t('session.passwordMissing') }]}
        >
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('session.newPassword')}
          extra={t('session.passwordRules')}
          rules={[{ required: true, message: t('session.passwordMissing') }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t('session.again')}
          dependencies={['password']}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_rule, value) =>
                value === getFieldValue('password')
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('session.differs'))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        {error ? <ErrorState error={error} /> : null}
        <Button type="primary" htmlType="submit" block style={{ marginTop: 16 }}>
          {t('session.change')}
        </Button>
      </Form>
    </EntrancePage>
  )
}
