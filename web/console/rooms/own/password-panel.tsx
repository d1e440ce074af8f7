import { useMutation } from '@tanstack/react-query'
import { App, Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { answered, client, ErrorState } from '../../../kit/index.ts'
import { useSessionRefresh } from '../../session.ts'

interface Entry {
  readonly current: string
  readonly password: string
  readonly again: string
}

/** Changes one's own password; every other open session ends with it. */
export function PasswordPanel() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const refresh = useSessionRefresh()
  const [form] = Form.useForm<Entry>()
  const change = useMutation({
    mutationFn: ({ current, password }: Entry) =>
      answered(client.POST('/api/v1/session/password', { body: { current, password } })),
    onSuccess: async () => {
      form.resetFields()
      void message.success(t('own.passwordChanged'))
      await refresh()
    },
  })
  const required = { required: true, message: t('session.passwordMissing') }
  return (
    <div className="panel">
      <h2>{t('own.password')}</h2>
      <Form<Entry>
        form={form}
        layout="vertical"
        style={{ maxWidth: 360 }}
        onFinish={(entry) => change.mutate(entry)}
      >
        <Form.Item name="current" label={t('session.currentPassword')} rules={[required]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('session.newPassword')}
          extra={t('session.passwordRules')}
          rules={[required]}
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
        {change.isError ? <ErrorState error={change.error} /> : null}
        <Button htmlType="submit" type="primary" loading={change.isPending} style={{ marginTop: 12 }}>
          {t('session.change')}
        </Button>
      </Form>
    </div>
  )
}
