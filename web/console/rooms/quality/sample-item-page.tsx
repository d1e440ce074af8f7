import { useQuery } from '@tanstack/react-query'
import { Button, Spin } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { Amount, answered, client, ErrorState, type ListData } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { RecordFacts } from '../alerts/explanation/record-facts.tsx'
import { RowsTable } from '../alerts/explanation/rows-table.tsx'
import type { ShownRows } from '../alerts/explanation/use-explanation.ts'
import { JudgementForm } from './judgement-form.tsx'
import { itemsAddress, qualityKey, type SampleItem, type SampleRow } from './quality.ts'
import { keyOf, Outcome } from './sample-items-page.tsx'

/** One drawn record as it was drawn, and the judgement on it. */
export function SampleItemPage() {
  const { t } = useTranslation()
  const { itemId = '' } = useParams()
  const session = useCurrentSession()
  const item = useQuery({
    queryKey: [qualityKey, 'item', itemId],
    queryFn: () =>
      answered<SampleItem>(client.GET('/api/v1/sample-items/{itemId}', { params: { path: { itemId } } })),
  })
  if (item.isPending) return <Spin className="page-spin" />
  if (item.isError) return <ErrorState error={item.error} retry={() => void item.refetch()} />
  const { data } = item
  return (
    <div className="page">
      <div className="page-head">
        <h1>
          {t('quality.items.one')} {keyOf(data.keys)}
        </h1>
        <Outcome outcome={data.outcome} />
        <span className="note">
          {t('quality.items.position', { month: data.month, position: data.position })}
        </span>
        <div className="right no-print">
          <NextButton item={data} />
        </div>
      </div>
      <div className="panel">
        <dl className="facts two-columns">
          <dt>{t('quality.items.unit')}</dt>
          <dd>{data.unitName ?? data.unitCode ?? '—'}</dd>
          <dt>{t('quality.items.onDate')}</dt>
          <dd>{data.onDate}</dd>
          <dt>{t('quality.items.about')}</dt>
          <dd>{data.about ?? '—'}</dd>
          <dt>{t('quality.items.amount')}</dt>
          <dd>
            <Amount yuan={data.amount} />
          </dd>
        </dl>
      </div>
      <div className="panel">
        <h2>{t('quality.items.record')}</h2>
        <p className="muted">{t('quality.items.masked')}</p>
        {data.record.map((shown) => (
          <Shown key={shown.dataset} shown={shown} />
        ))}
      </div>
      {may(session, 'alerts.judge_sample') ? (
        <JudgementForm key={data.version} item={data} />
      ) : (
        <Judgement item={data} />
      )}
    </div>
  )
}

function Shown({ shown }: { shown: SampleItem['record'][number] }) {
  const rows = { ...shown, outOfSight: 0 } as unknown as ShownRows
  return (
    <section>
      <h3>{inLanguage(shown.title)}</h3>
      {shown.rows.length === 1 ? <RecordFacts shown={rows} /> : <RowsTable shown={rows} />}
    </section>
  )
}

/** What was found, for those who do not judge. */
function Judgement({ item }: { item: SampleItem }) {
  const { t } = useTranslation()
  if (item.outcome === null) return null
  return (
    <div className="panel">
      <h2>{t('quality.items.judge')}</h2>
      <dl className="facts">
        <dt>{t('quality.items.outcome')}</dt>
        <dd>
          <Outcome outcome={item.outcome} />
        </dd>
        <dt>{t('quality.items.missedRule')}</dt>
        <dd>{item.missedRule === 'none' ? t('quality.noRule') : (item.missedRule ?? '—')}</dd>
        <dt>{t('quality.items.note')}</dt>
        <dd>{item.note ?? '—'}</dd>
        <dt>{t('quality.items.judgedBy')}</dt>
        <dd>{item.judgedBy}</dd>
      </dl>
    </div>
  )
}

/** Goes on to the next record of the month that waits, or back to the list where none does. */
function NextButton({ item }: { item: SampleItem }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { pack, month, itemId } = item
  const waiting = useQuery({
    queryKey: [qualityKey, 'items', 'waiting', pack, month],
    queryFn: () =>
      answered<ListData<SampleRow>>(
        client.GET('/api/v1/sample-items', {
          params: { query: { pack, month, outcome: 'open', limit: 2 } as never },
        }),
      ),
  })
  const next = waiting.data?.items.find((one) => one.itemId !== itemId)
  return next ? (
    <Button onClick={() => navigate(`/sample-items/${next.itemId}`)}>{t('quality.items.next')}</Button>
  ) : (
    <Button onClick={() => navigate(itemsAddress({ pack, month }))}>{t('quality.items.back')}</Button>
  )
}
