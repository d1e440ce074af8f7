import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answered, client, ErrorState } from '../../../kit/index.ts'
import { type Session, useSessionRefresh } from '../../session.ts'
import { EntrancePage } from './entrance-page.tsx'

interface Entry {
  readonly username: string
  readonly password: string
  readonly code?: string
}

/** User name and password, then the second factor where the account has one. */
export function SignInPage({ session }: { session: Session }) {
  const { t } = useTranslation()
  const refresh = useSessionRefresh()
  const [needsCode, setNeedsCode] = useState(false)
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const enter = async (entry: Entry) => {
    setBusy(true)
    setError(undefined)
    try {
      const body = entry.code ? entry : { username: entry.username, password: entry.password }
      const { state } = await answered<{ state: string }>(client.POST('/api/v1/session', { body }))
      if (state === 'second_factor_needed') setNeedsCode(true)
      else await refresh()
    } catch (refused) {
      setError(refused)
    } finally {
      setBusy(false)
    }
  }
  return (
    <EntrancePage title={session.organName} demo={session.demo}>
      <Form<Entry> layout="vertical" requiredMark={false} onFinish={(entry) => void enter(entry)}>
        <Form.Item
          name="username"
          label={t('session.username')}
          rules={[{ required: true, message: t('session.usernameMissing') }]}
        >
          <Input autoFocus autoComplete="username" size="large" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('session.password')}
          rules={[{ required: true, message: t('session.passwordMissing') }]}
        >
          <Input.Password autoComplete="current-password" size="large" />
        </Form.Item>
        {needsCode ? (
          <Form.Item
            name="code"
            label={t('session.code')}
            extra={t('session.codeHint')}
            rules={[{ required: true, message: t('session.codeMissing') }]}
          >
            <Input autoFocus autoComplete="one-time-code" inputMode="numeric" size="large" />
          </Form.Item>
        ) : null}
        {error ? <ErrorState error={error} /> : null}
        <Button type="primary" htmlType="submit" size="large" block loading={busy} style={{ marginTop: 16 }}>
          {t('session.signIn')}
        </Button>
        {session.oidc ? (
          <Button href="/api/v1/oidc/start" size="large" block style={{ marginTop: 12 }}>
            {t('session.singleSignOn')}
          </Button>
        ) : null}
      </Form>
    </EntrancePage>
  )
}
