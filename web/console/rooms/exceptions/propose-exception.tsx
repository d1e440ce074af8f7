import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, DatePicker, Form, Input, Modal, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState, type ListData } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { ExceptionStanding } from './exception-standing.tsx'

type Alert = components['schemas']['AlertDetail']
type RuleException = components['schemas']['RuleException']

interface Entry {
  readonly rule: string
  readonly narrowed: readonly ('unit' | 'counterparty' | 'economicCode')[]
  readonly validTo: string
  readonly reason: string
}

/** Under an alert that was judged normal: the exceptions made from it, and how to propose one. */
export function ProposeException({ alert }: { alert: Alert }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const [asking, setAsking] = useState(false)
  const known = useQuery({
    queryKey: ['exceptions', 'of-alert', alert.alertId],
    enabled: alert.verdict === 'normal' && may(session, 'exceptions.read'),
    queryFn: () =>
      answered<ListData<RuleException>>(
        client.GET('/api/v1/exceptions', { params: { query: { alert: alert.alertId } } }),
      ),
  })
  if (alert.verdict !== 'normal' || !may(session, 'exceptions.read')) return null
  return (
    <section className="panel">
      <h2>{t('exceptions.ofAlert')}</h2>
      <p className="muted">{t('exceptions.ofAlertNote')}</p>
      {known.data?.items.map((exception) => (
        <div key={exception.exceptionId} className="row-line">
          <Link to={`/exceptions?opened=${exception.exceptionId}`}>{exception.number}</Link>
          <ExceptionStanding standing={exception.standing} />
          <span className="muted">{exception.rule}</span>
          <span>{exception.reason}</span>
        </div>
      ))}
      {may(session, 'exceptions.propose') ? (
        <Button style={{ marginTop: 12 }} onClick={() => setAsking(true)}>
          {t('exceptions.propose')}
        </Button>
      ) : null}
      {asking ? <Proposal alert={alert} onClose={() => setAsking(false)} /> : null}
    </section>
  )
}

function Proposal({ alert, onClose }: { alert: Alert; onClose: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [form] = Form.useForm<Entry>()
  const propose = useMutation({
    mutationFn: ({ rule, narrowed, validTo, reason }: Entry) =>
      answered(
        client.POST('/api/v1/alerts/{alertId}/exceptions', {
          params: { path: { alertId: alert.alertId } },
          body: {
            rule,
            validTo,
            reason,
            sameUnit: narrowed.includes('unit'),
            sameCounterparty: narrowed.includes('counterparty'),
            sameEconomicCode: narrowed.includes('economicCode'),
          },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['exceptions'] })
      onClose()
    },
  })
  return (
    <Modal
      open
      title={t('exceptions.propose')}
      okText={t('exceptions.send')}
      cancelText={t('kit.cancel')}
      confirmLoading={propose.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form<Entry>
        form={form}
        layout="vertical"
        initialValues={{
          rule: alert.rules[0],
          narrowed: ['unit', 'counterparty'],
          reason: alert.verdictReason,
        }}
        onFinish={(entry) => propose.mutate(entry)}
      >
        <Form.Item name="rule" label={t('exceptions.rule')} rules={[{ required: true }]}>
          <Select options={alert.rules.map((rule) => ({ value: rule, label: rule }))} />
        </Form.Item>
        <Form.Item name="narrowed" label={t('exceptions.narrowed')} extra={t('exceptions.narrowedHint')}>
          <Checkbox.Group
            options={(['unit', 'counterparty', 'economicCode'] as const).map((value) => ({
              value,
              label: t(`exceptions.same.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="validTo"
          label={t('exceptions.lastDay')}
          rules={[{ required: true, message: t('exceptions.missing') }]}
          getValueProps={(value?: string) => ({ value: value ? dayjs(value) : undefined })}
          normalize={(value: dayjs.Dayjs | null) => value?.format('YYYY-MM-DD') ?? ''}
        >
          <DatePicker minDate={dayjs().add(1, 'day')} style={{ width: 180 }} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('exceptions.reason')}
          rules={[{ required: true, min: 4, message: t('exceptions.missing') }]}
        >
          <Input.TextArea rows={4} maxLength={1000} showCount />
        </Form.Item>
      </Form>
      {propose.isError ? <ErrorState error={propose.error} /> : null}
    </Modal>
  )
}
