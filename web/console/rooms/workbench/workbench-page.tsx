import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { answered, client, ErrorState } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { type AlertPageData, AlertTable } from '../alerts/alert-table.tsx'
import { type UnitAlertPageData, UnitAlertTable } from '../alerts/unit-alert-table.tsx'

/** What waits for the person today; nothing that is not his to act on. */
export function WorkbenchPage() {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const office = may(session, 'alerts.read')
  const unit = may(session, 'alerts.answer')
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('workbench.title')}</h1>
        <span className="note">{t('workbench.greeting', { name: session.user?.displayName })}</span>
      </div>
      {office ? <OfficeDesk /> : null}
      {unit ? <UnitDesk /> : null}
      {office || unit ? null : <div className="panel">{t('workbench.administrator')}</div>}
    </div>
  )
}

const figures = [
  { key: 'open', query: { mine: 'true' } },
  { key: 'overdue', query: { mine: 'true', overdue: 'true' } },
  { key: 'red', query: { mine: 'true', level: 'red' } },
] as const

function OfficeDesk() {
  const { t } = useTranslation()
  const due = useQuery({
    queryKey: ['alerts', 'workbench'],
    queryFn: () =>
      answered<AlertPageData>(
        client.GET('/api/v1/alerts', {
          params: { query: { mine: 'true', sort: 'due', limit: 10 } as never },
        }),
      ),
  })
  return (
    <>
      <div className="tiles">
        {figures.map(({ key, query }) => (
          <Figure key={key} name={key} query={query} />
        ))}
      </div>
      <div className="panel">
        <h2>{t('workbench.today')}</h2>
        {due.isError ? (
          <ErrorState error={due.error} />
        ) : (
          <AlertTable rows={due.data?.items ?? []} loading={due.isPending} />
        )}
        <Link to="/alerts?mine=true&sort=due">{t('workbench.all')}</Link>
      </div>
    </>
  )
}

function Figure({ name, query }: { name: string; query: Readonly<Record<string, string>> }) {
  const { t } = useTranslation()
  const counted = useQuery({
    queryKey: ['alerts', 'count', query],
    queryFn: () =>
      answered<AlertPageData>(
        client.GET('/api/v1/alerts', { params: { query: { ...query, limit: 1 } as never } }),
      ),
  })
  const total = counted.data?.total
  return (
    <Link className="tile" to={`/alerts?${new URLSearchParams(query)}`}>
      {t(`workbench.${name}`)}
      <b>{total ? `${total.count}${total.capped ? '+' : ''}` : '…'}</b>
    </Link>
  )
}

function UnitDesk() {
  const { t } = useTranslation()
  const open = useQuery({
    queryKey: ['unit-alerts', 'workbench'],
    queryFn: () =>
      answered<UnitAlertPageData>(client.GET('/api/v1/unit-alerts', { params: { query: { limit: 10 } } })),
  })
  return (
    <div className="panel">
      <h2>
        {t('workbench.answerTitle')} {open.data ? `(${open.data.open})` : ''}
      </h2>
      {open.isError ? (
        <ErrorState error={open.error} />
      ) : (
        <UnitAlertTable rows={open.data?.items ?? []} loading={open.isPending} />
      )}
    </div>
  )
}
