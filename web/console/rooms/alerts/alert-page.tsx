import { useQuery } from '@tanstack/react-query'
import { Spin } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { Amount, answered, client, ErrorState, LevelTag } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { usePageName } from '../../page-name.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { ProposeException } from '../exceptions/propose-exception.tsx'
import { AlertActions, type AlertDetail } from './alert-actions.tsx'
import { Due } from './alert-table.tsx'
import { AlertTimeline } from './alert-timeline.tsx'
import { RuleSays } from './explanation/rule-says.tsx'
import { Sentence } from './explanation/sentence.tsx'
import { type Explanation, useExplanation } from './explanation/use-explanation.ts'
import { WhatHappened } from './explanation/what-happened.tsx'
import { WhoTheyAre } from './explanation/who-they-are.tsx'
import { WhyThisLevel } from './explanation/why-this-level.tsx'
import { JudgedFacts } from './judged-facts.tsx'

/** One alert, read from top to bottom like a short report, with the actions at its foot. */
export function AlertPage() {
  const { t } = useTranslation()
  const { alertId = '' } = useParams()
  const session = useCurrentSession()
  const alert = useQuery({
    queryKey: ['alerts', 'detail', alertId],
    queryFn: () =>
      answered<AlertDetail>(client.GET('/api/v1/alerts/{alertId}', { params: { path: { alertId } } })),
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
    <div className="page" style={{ maxWidth: 1080 }}>
      <div className="page-head">
        <h1>{data.number}</h1>
        <LevelTag level={data.level} />
        <span className="note">{t(`alerts.states.${data.state}`)}</span>
        <span className="right">
          {data.dispatchedAt && may(session, 'alerts.export') ? (
            <Link className="no-print" to={`/alerts/${alertId}/request`}>
              {t('request.title')}
            </Link>
          ) : null}
          {data.dueOn ? <span className="note">{t('alerts.dueOn', { date: data.dueOn })}</span> : null}
          <Due of={data} />
        </span>
      </div>
      <div className="panel">
        <Sentence alertId={data.alertId} zh={data.messageZh} en={data.messageEn} />
        <dl className="facts">
          <dt>{t('alerts.unit')}</dt>
          <dd>
            {data.unitName ?? '—'} {data.unitCode}
          </dd>
          <dt>{t('alerts.amount')}</dt>
          <dd>
            <Amount yuan={data.amount} /> {t('kit.yuan')}
          </dd>
          <dt>{t('alerts.onDate')}</dt>
          <dd>{data.onDate}</dd>
          <JudgedFacts alert={data} />
        </dl>
      </div>
      <Explained alert={data} />
      <BeforeAndBeside beside={data.beside} />
      <div className="panel">
        <h2>{t('alerts.story')}</h2>
        <AlertTimeline events={data.events} under={`/api/v1/alerts/${data.alertId}`} />
      </div>
      <ProposeException alert={data} />
      <AlertActions alert={data} />
    </div>
  )
}

/** What it rests on takes a moment to be worked out; the page can be read and acted on meanwhile. */
function Explained({ alert }: { alert: AlertDetail }) {
  const { t } = useTranslation()
  const explained = useExplanation(alert.alertId)
  if (explained.isPending) {
    return (
      <div className="panel muted" role="status">
        <Spin size="small" /> {t('explain.working')}
      </div>
    )
  }
  if (explained.isError) {
    return <ErrorState error={explained.error} retry={() => void explained.refetch()} />
  }
  return <Sections explanation={explained.data} onDate={alert.onDate} />
}

function Sections({ explanation, onDate }: { explanation: Explanation; onDate: string }) {
  return (
    <>
      <WhyThisLevel explanation={explanation} />
      <WhatHappened hits={explanation.hits} />
      <RuleSays hits={explanation.hits} />
      <WhoTheyAre explanation={explanation} onDate={onDate} />
    </>
  )
}

function BeforeAndBeside({ beside }: { beside: AlertDetail['beside'] }) {
  const { t } = useTranslation()
  if (beside.unit.length + beside.counterparty.length === 0) return null
  return (
    <section className="panel">
      <h2>{t('explain.beforeAndBeside')}</h2>
      <Beside title={t('alerts.besideUnit')} rows={beside.unit} />
      <Beside title={t('alerts.besideCounterparty')} rows={beside.counterparty} />
    </section>
  )
}

function Beside({ title, rows }: { title: string; rows: AlertDetail['beside']['unit'] }) {
  const { t } = useTranslation()
  if (rows.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      {rows.map((row) => (
        <div key={row.alertId} className="beside-line">
          <LevelTag level={row.level} />
          <Link to={`/alerts/${row.alertId}`}>{row.number}</Link>
          <span className="muted">{row.onDate}</span>
          <span className="beside-text">{inLanguage({ zh: row.messageZh, en: row.messageEn })}</span>
          <span>{row.verdict ? t(`alerts.verdicts.${row.verdict}`) : t(`alerts.states.${row.state}`)}</span>
        </div>
      ))}
    </>
  )
}
