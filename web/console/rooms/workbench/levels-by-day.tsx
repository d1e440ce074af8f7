import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { answered, client, ErrorState } from '../../../kit/index.ts'
import type { Board } from '../boards/figure.ts'
import { Trend } from '../boards/trend-panel.tsx'

const days = 14
const height = 200

/** What was raised on each of the last days, by level; every bar leads to its alerts. */
export function LevelsByDay({ today }: { today: string }) {
  const { t } = useTranslation()
  const bars = useMemo(() => lastDays(today), [today])
  const period = { from: bars[0]!, to: today }
  const within = { raisedFrom: period.from, raisedTo: period.to }
  const board = useQuery({
    queryKey: ['alerts', 'board', 'days', within],
    queryFn: () =>
      answered<Board>(
        client.GET('/api/v1/alert-board', { params: { query: { ...within, of: 'days' } as never } }),
      ),
  })
  const title = t('workbench.byDay', { from: period.from, to: period.to })
  return (
    <section className="panel work-days">
      <h2>{title}</h2>
      {board.isError ? (
        <ErrorState error={board.error} retry={() => void board.refetch()} />
      ) : (
        <Trend figures={board.data?.days ?? []} period={period} bars={bars} title={title} height={height} />
      )}
    </section>
  )
}

function lastDays(today: string): readonly string[] {
  const end = Date.parse(`${today}T00:00:00Z`)
  return Array.from({ length: days }, (_, index) =>
    new Date(end - (days - 1 - index) * 86_400_000).toISOString().slice(0, 10),
  )
}
