import { useQuery } from '@tanstack/react-query'
import { Spin } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { Amount, answered, client, ErrorState, LevelTag } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { AlertActions, type AlertDetail } from './alert-actions.tsx'
import { Due } from './alert-table.tsx'
import { AlertTimeline } from './alert-timeline.tsx'
import { HitPanel } from './hit-panel.tsx'

/** One alert, read from top to bottom like a short report, with the actions at its foot. */
export function AlertPage() {
  const { t } = useTranslation()
  const { alertId = '' } = useParams()
  const alert = useQuery({
    queryKey: ['alerts', 'detail', alertId],
    queryFn: () =>
      answered<AlertDetail>(client.GET('/api/v1/alerts/{alertId}', { params: { path: { alertId } } })),
  })
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
          <Due dueOn={data.dueOn} overdue={data.overdue} />
        </span>
      </div>
      <div className="panel">
        <p className="sentence">{inLanguage({ zh: data.messageZh, en: data.messageEn })}</p>
        <dl className="facts">
          <dt>{t('alerts.unit')}</dt>
          <dd>
            {data.unitName ?? '—'} {data.unitCode}
          </dd>
          <dt>{t('alerts.amount')}</dt>
          <dd>
            <Amount yuan={data.amount} /> {t('kit.yuan')}
          </dd>
          <dt>{t('alerts.why')}</dt>
          <dd>{data.grade ? inLanguage({ zh: data.grade.titleZh, en: data.grade.titleEn }) : '—'}</dd>
          {data.verdict ? (
            <>
              <dt>{t('alerts.verdict')}</dt>
              <dd>
                {t(`alerts.verdicts.${data.verdict}`)} {data.verdictReason}
              </dd>
            </>
          ) : null}
        </dl>
      </div>
      {data.hits.map((hit) => (
        <HitPanel key={hit.hitId} hit={hit} />
      ))}
      <Beside title={t('alerts.besideUnit')} rows={data.beside.unit} />
      <Beside title={t('alerts.besideCounterparty')} rows={data.beside.counterparty} />
      <div className="panel">
        <h2>{t('alerts.story')}</h2>
        <AlertTimeline events={data.events} />
      </div>
      <AlertActions alert={data} />
    </div>
  )
}

function Beside({ title, rows }: { title: string; rows: AlertDetail['beside']['unit'] }) {
  const { t } = useTranslation()
  if (rows.length === 0) return null
  return (
    <div className="panel">
      <h2>{title}</h2>
      {rows.map((row) => (
        <div key={row.alertId} style={{ display: 'flex', gap: 12, padding: '4px 0', alignItems: 'baseline' }}>
          <LevelTag level={row.level} />
          <Link to={`/alerts/${row.alertId}`}>{row.number}</Link>
          <span className="muted">{row.onDate}</span>
          <span style={{ flex: 1, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
            {inLanguage({ zh: row.messageZh, en: row.messageEn })}
          </span>
          <span>{row.verdict ? t(`alerts.verdicts.${row.verdict}`) : t(`alerts.states.${row.state}`)}</span>
        </div>
      ))}
    </div>
  )
}
