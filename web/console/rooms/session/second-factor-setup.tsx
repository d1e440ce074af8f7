import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Spin } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState } from '../../../kit/index.ts'

type Enrolment = components['schemas']['SecondFactorEnrolment']
type Confirmed = components['schemas']['ConfirmedSecondFactor']

/** Scan, type the code, keep the recovery codes: the three steps of a second factor. */
export function SecondFactorSetup({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const [codes, setCodes] = useState<readonly string[]>()
  const [error, setError] = useState<unknown>()
  const enrolment = useQuery({
    queryKey: ['second-factor'],
    queryFn: () => answered<Enrolment>(client.POST('/api/v1/session/second-factor')),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const confirm = async (code: string) => {
    setError(undefined)
    try {
      const done = await answered<Confirmed>(
        client.POST('/api/v1/session/second-factor/confirm', { body: { code } }),
      )
      setCodes(done.recoveryCodes)
    } catch (refused) {
      setError(refused)
    }
  }
  if (codes) {
    return (
      <>
        <p>{t('session.recoveryWhy')}</p>
        <pre style={{ fontSize: 16, lineHeight: 1.8 }}>{codes.join('\n')}</pre>
        <Button type="primary" block onClick={onDone}>
          {t('session.recoveryKept')}
        </Button>
      </>
    )
  }
  if (enrolment.isPending) return <Spin />
  if (enrolment.isError) return <ErrorState error={enrolment.error} />
  return (
    <>
      <img
        alt={t('session.qr')}
        width={200}
        height={200}
        src={`data:image/svg+xml;utf8,${encodeURIComponent(enrolment.data.qrSvg)}`}
      />
      <p className="muted">
        {t('session.secret')} <code>{enrolment.data.secret}</code>
      </p>
      <Form<{ code: string }>
        layout="vertical"
        requiredMark={false}
        onFinish={({ code }) => void confirm(code)}
      >
        <Form.Item
          name="code"
          label={t('session.code')}
          rules={[{ required: true, message: t('session.codeMissing') }]}
        >
          <Input inputMode="numeric" autoComplete="one-time-code" />
        </Form.Item>
        {error ? <ErrorState error={error} /> : null}
        <Button type="primary" htmlType="submit" block style={{ marginTop: 16 }}>
          {t('session.confirm')}
        </Button>
      </Form>
    </>
  )
}
