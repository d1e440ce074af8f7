import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Spin } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import { Amount, AttachmentField, answered, client, ErrorState, LevelTag } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { usePageName } from '../../page-name.ts'
import { Due } from './alert-table.tsx'
import { AlertTimeline } from './alert-timeline.tsx'
import { RuleSays } from './explanation/rule-says.tsx'
import { useUnitExplanation } from './explanation/use-explanation.ts'
import { WhatHappened } from './explanation/what-happened.tsx'
import { useAlertStep } from './use-alert-step.ts'

type UnitAlertDetail = components['schemas']['UnitAlertDetail']

/** One alert as its unit sees it, with the answer that is due. */
export function UnitAlertPage() {
  const { t } = useTranslation()
  const { alertId = '' } = useParams()
  const alert = useQuery({
    queryKey: ['unit-alerts', 'detail', alertId],
    queryFn: () =>
      answered<UnitAlertDetail>(
        client.GET('/api/v1/unit-alerts/{alertId}', { params: { path: { alertId } } }),
      ),
  })
  usePageName(alert.data?.number)
  if (alert.isPending) return <Spin style={{ display: 'block', marginTop: 80 }} />
  if (alert.isError) {
    return (
      <div className="page">
        <ErrorState error={alert.error} retry={() => void alert.refetch()} />
      </div>
    )
  }
  const { data } = alert
  return (
    <div className="page" style={{ maxWidth: 960 }}>
      <div className="page-head">
        <h1>{data.number}</h1>
        <LevelTag level={data.level} />
        <span className="note">{t(`alerts.unitStates.${data.state}`)}</span>
        <span className="right">
          {data.dueOn ? <span className="note">{t('alerts.dueOn', { date: data.dueOn })}</span> : null}
          <Due of={data} />
        </span>
      </div>
      <div className="panel">
        <p className="sentence">{inLanguage({ zh: data.messageZh, en: data.messageEn })}</p>
        <dl className="facts">
          <dt>{t('alerts.amount')}</dt>
          <dd>
            <Amount yuan={data.amount} /> {t('kit.yuan')}
          </dd>
          {data.verdict ? (
            <>
              <dt>{t('alerts.verdict')}</dt>
              <dd>
                {t(`alerts.verdicts.${data.verdict}`)} {data.verdictReason}
              </dd>
            </>
          ) : null}
          {data.violationAmount ? (
            <>
              <dt>{t('alerts.violationAmount')}</dt>
              <dd>
                <Amount yuan={data.violationAmount} />
              </dd>
            </>
          ) : null}
          {data.request ? (
            <>
              <dt>{t('alerts.request')}</dt>
              <dd style={{ whiteSpace: 'pre-wrap' }}>{data.request}</dd>
            </>
          ) : null}
        </dl>
      </div>
      {data.state === 'dispatched' || data.state === 'rectifying' ? <Answer alert={data} /> : null}
      <Disclosed alertId={data.alertId} />
      <div className="panel">
        <h2>{t('alerts.story')}</h2>
        <AlertTimeline events={data.events} under={`/api/v1/unit-alerts/${data.alertId}`} />
      </div>
    </div>
  )
}

/** What the alert rests on, as far as it is disclosed to the unit. */
function Disclosed({ alertId }: { alertId: string }) {
  const explained = useUnitExplanation(alertId)
  if (explained.isPending) return <Spin style={{ display: 'block', margin: 24 }} />
  if (explained.isError) {
    return <ErrorState error={explained.error} retry={() => void explained.refetch()} />
  }
  return (
    <>
      <WhatHappened hits={explained.data.hits} />
      <RuleSays hits={explained.data.hits} />
    </>
  )
}

interface Entry {
  readonly note: string
  readonly contact?: string
  readonly recoveredAmount?: string
}

function Answer({ alert }: { alert: UnitAlertDetail }) {
  const { t } = useTranslation()
  const step = useAlertStep()
  const [files, setFiles] = useState<readonly string[]>([])
  const rectifying = alert.state === 'rectifying'
  const owed = rectifying ? { attachment: false, contact: false } : alert.owed
  const send = ({ note, contact, recoveredAmount }: Entry) =>
    step.mutate({
      path: `/api/v1/unit-alerts/${alert.alertId}/${rectifying ? 'rectification' : 'explanation'}`,
      body: {
        text: note,
        files,
        version: alert.version,
        ...(contact ? { contact } : {}),
        ...(recoveredAmount ? { recoveredAmount } : {}),
      },
    })
  return (
    <section className="panel">
      <h2>{t(rectifying ? 'alerts.steps.rectify' : 'alerts.steps.explain')}</h2>
      <Form<Entry> layout="vertical" onFinish={send}>
        <Form.Item
          name="note"
          label={t('alerts.answer')}
          rules={[{ required: true, min: 2, message: t('alerts.missing') }]}
        >
          <Input.TextArea rows={5} maxLength={4000} showCount />
        </Form.Item>
        <Form.Item
          name="contact"
          label={t('alerts.contact')}
          rules={[{ required: owed.contact, whitespace: true, message: t('alerts.contactOwed') }]}
        >
          <Input maxLength={100} style={{ width: 320, maxWidth: '100%' }} />
        </Form.Item>
        {rectifying ? (
          <Form.Item
            name="recoveredAmount"
            label={t('alerts.recoveredAmount')}
            rules={[{ pattern: /^\d{1,16}(\.\d{1,2})?$/, message: t('alerts.amountForm') }]}
          >
            <Input inputMode="decimal" style={{ width: 200 }} />
          </Form.Item>
        ) : null}
        <AttachmentField onChange={setFiles} owed={owed.attachment ? t('alerts.proofs') : undefined} />
        <Button type="primary" htmlType="submit" loading={step.isPending}>
          {t('alerts.send')}
        </Button>
      </Form>
    </section>
  )
}
