import { useQuery } from '@tanstack/react-query'
import { Spin, Tabs } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answered, client, ErrorState } from '../../../kit/index.ts'
import type { ReplayDifference } from './replay.ts'
import { ReplayBreakdown } from './replay-breakdown.tsx'
import { type HitFilter, ReplayHits } from './replay-hits.tsx'

/** The difference: figures that lead to their rows, then new, lost and kept as three lists. */
export function ReplayOutcome({ replayId }: { replayId: string }) {
  const { t } = useTranslation()
  const [chosen, setFilter] = useState<HitFilter>()
  const difference = useQuery({
    queryKey: ['replays', 'difference', replayId],
    queryFn: () =>
      answered<ReplayDifference>(
        client.GET('/api/v1/rule-replays/{replayId}/difference', { params: { path: { replayId } } }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (difference.isPending) return <Spin className="page-spin" />
  if (difference.isError) {
    return <ErrorState error={difference.error} retry={() => void difference.refetch()} />
  }
  const { total, judged } = difference.data
  const filter = chosen ?? {
    outcome: (['new', 'lost', 'kept'] as const).find((key) => total[key] > 0) ?? 'new',
  }
  const tile = (key: string, value: number, chosen: HitFilter, note?: string) => (
    <button
      key={key}
      type="button"
      className="tile replay-tile"
      aria-pressed={JSON.stringify(chosen) === JSON.stringify(filter)}
      onClick={() => setFilter(chosen)}
    >
      {t(`replays.figures.${key as 'new'}`)}
      <b>{value.toLocaleString('en-US')}</b>
      {note ? <span className="muted">{note}</span> : null}
    </button>
  )
  return (
    <>
      <div className="tiles">
        {tile('new', total.new, { outcome: 'new' })}
        {tile('lost', total.lost, { outcome: 'lost' })}
        {tile('kept', total.kept, { outcome: 'kept' })}
        {tile('changed', total.changed, { outcome: 'kept', changed: 'true' })}
        {tile('lostConfirmed', judged.lostViolation, { outcome: 'lost', verdict: 'confirmed' })}
        {tile('keptNormal', judged.keptNormal, { outcome: 'kept', verdict: 'normal' })}
      </div>
      <ReplayBreakdown difference={difference.data} filter={filter} onFilter={setFilter} />
      <div className="panel">
        <Tabs
          activeKey={filter.outcome}
          onChange={(outcome) => setFilter({ outcome: outcome as HitFilter['outcome'] })}
          items={(['new', 'lost', 'kept'] as const).map((outcome) => ({
            key: outcome,
            label: `${t(`replays.outcomes.${outcome}`)} ${total[outcome].toLocaleString('en-US')}`,
          }))}
        />
        <ReplayHits
          key={JSON.stringify(filter)}
          replayId={replayId}
          filter={filter}
          onClear={() => setFilter({ outcome: filter.outcome })}
        />
      </div>
    </>
  )
}
