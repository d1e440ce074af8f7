import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answered, client, ErrorState, ReasonModal } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import type { Face, RequestDetail } from './payment-request.ts'

/** What may be done with the request now: the two sides release or refuse it, the unit explains it. */
export function RequestActions({ request, face }: { request: RequestDetail; face: Face }) {
  if (face === 'unit') {
    const open = request.state === 'held' || request.state === 'explanation_owed'
    return open ? <Explanation request={request} /> : null
  }
  return request.state === 'held' ? <Decision request={request} /> : null
}

type Side = 'finance' | 'supervision'
type Deed = { readonly act: 'release' | 'refuse'; readonly side: Side }

function Decision({ request }: { request: RequestDetail }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const queries = useQueryClient()
  const [asked, setAsked] = useState<Deed>()
  const decide = useMutation({
    mutationFn: ({ act, side, reason }: Deed & { reason: string }) => {
      const sent = { params: { path: { requestKey: request.requestKey } }, body: { reason, side } }
      return answered(
        act === 'release'
          ? client.POST('/api/v1/fiscal/payment-requests/{requestKey}/release', sent)
          : client.POST('/api/v1/fiscal/payment-requests/{requestKey}/refuse', sent),
      )
    },
    onSuccess: () => {
      setAsked(undefined)
      return queries.invalidateQueries({ queryKey: ['payment-requests'] })
    },
  })
  if (!may(session, 'fiscal.decide')) return null
  const sides = (['finance', 'supervision'] as const).filter((side) => may(session, `fiscal.agree_${side}`))
  return (
    <div className="panel no-print">
      <Space wrap>
        {sides.map((side) => (
          <Button
            key={side}
            type="primary"
            disabled={request.agreed.includes(side)}
            onClick={() => setAsked({ act: 'release', side })}
          >
            {t(request.agreed.includes(side) ? 'fiscal.hasAgreed' : 'fiscal.release', {
              side: t(`fiscal.sides.${side}`),
            })}
          </Button>
        ))}
        {sides[0] ? (
          <Button danger onClick={() => setAsked({ act: 'refuse', side: sides[0]! })}>
            {t('fiscal.refuse')}
          </Button>
        ) : null}
        <span className="muted">{t('fiscal.twoSides')}</span>
      </Space>
      {asked ? (
        <ReasonModal
          title={t(asked.act === 'release' ? 'fiscal.release' : 'fiscal.refuse', {
            side: t(`fiscal.sides.${asked.side}`),
          })}
          danger={asked.act === 'refuse'}
          busy={decide.isPending}
          {...(decide.isError ? { error: decide.error } : {})}
          onCancel={() => setAsked(undefined)}
          onReason={(reason) => decide.mutate({ ...asked, reason })}
        />
      ) : null}
    </div>
  )
}

function Explanation({ request }: { request: RequestDetail }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [form] = Form.useForm<{ text: string }>()
  const explain = useMutation({
    mutationFn: (text: string) =>
      answered(
        client.POST('/api/v1/unit-payment-requests/{requestKey}/explanation', {
          params: { path: { requestKey: request.requestKey } },
          body: { text },
        }),
      ),
    onSuccess: () => {
      form.resetFields()
      return queries.invalidateQueries({ queryKey: ['payment-requests'] })
    },
  })
  return (
    <div className="panel no-print">
      <Form form={form} layout="vertical" onFinish={({ text }) => explain.mutate(text)}>
        <Form.Item
          name="text"
          label={t('fiscal.explanation')}
          rules={[{ required: true, min: 2, message: t('fiscal.explanationMissing') }]}
        >
          <Input.TextArea rows={4} maxLength={1000} showCount />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={explain.isPending}>
          {t('fiscal.submit')}
        </Button>
      </Form>
      {explain.isError ? <ErrorState error={explain.error} /> : null}
    </div>
  )
}
