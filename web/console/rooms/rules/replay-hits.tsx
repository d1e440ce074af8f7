import { useQuery } from '@tanstack/react-query'
import { Space, Table, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  Amount,
  answered,
  client,
  ErrorState,
  LevelTag,
  type ListColumn,
  type ListData,
  ListPager,
} from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import type { ReplayHit } from './replay.ts'

export interface HitFilter {
  readonly outcome: 'new' | 'lost' | 'kept'
  readonly changed?: 'true'
  readonly unit?: string
  readonly level?: 'red' | 'yellow' | 'blue'
  readonly month?: string
  readonly verdict?: 'confirmed' | 'normal'
}

/** The hits of one outcome with their sentences, the heaviest first. */
export function ReplayHits(props: { replayId: string; filter: HitFilter; onClear: () => void }) {
  const { t } = useTranslation()
  const { replayId, filter } = props
  const [cursors, setCursors] = useState<readonly string[]>([])
  const cursor = cursors.at(-1)
  const columns = useColumns(filter.outcome)
  const list = useQuery({
    queryKey: ['replays', 'hits', replayId, filter, cursor],
    queryFn: () =>
      answered<ListData<ReplayHit>>(
        client.GET('/api/v1/rule-replays/{replayId}/hits', {
          params: { path: { replayId }, query: { ...filter, cursor, limit: 50 } as never },
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (list.isError) return <ErrorState error={list.error} retry={() => void list.refetch()} />
  const { outcome: _outcome, ...narrowed } = filter
  return (
    <>
      {Object.keys(narrowed).length > 0 ? (
        <Space wrap style={{ marginBottom: 8 }}>
          <Tag closable onClose={props.onClear}>
            {Object.entries(narrowed)
              .map(([name, value]) => narrowing(name, String(value)))
              .join('，')}
          </Tag>
        </Space>
      ) : null}
      <Table<ReplayHit>
        size="small"
        rowKey="position"
        columns={columns}
        dataSource={[...(list.data?.items ?? [])]}
        loading={list.isPending}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: t(`replays.noHits.${filter.outcome}`) }}
      />
      <ListPager
        address={{
          conditions: {},
          cursor,
          onFirst: cursors.length === 0,
          narrow: props.onClear,
          back: () => setCursors(cursors.slice(0, -1)),
          forward: (next) => setCursors([...cursors, next]),
        }}
        next={list.data?.next ?? undefined}
      />
    </>
  )

  function narrowing(name: string, value: string): string {
    if (name === 'level') return t(`kit.level.${value as 'red'}`)
    if (name === 'changed') return t('replays.figures.changed')
    if (name === 'verdict') return t(`replays.verdicts.${value as 'normal'}`)
    return value
  }
}

function useColumns(outcome: HitFilter['outcome']): ListColumn<ReplayHit>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'level',
      title: t('replays.level'),
      width: outcome === 'kept' ? 170 : 90,
      render: (_value, { levelA, levelB }) =>
        levelA && levelB && levelA !== levelB ? (
          <span className="replay-change">
            <LevelTag level={levelA} />→<LevelTag level={levelB} />
          </span>
        ) : (
          <LevelTag level={(levelB ?? levelA)!} />
        ),
    },
    {
      key: 'message',
      title: t('replays.sentence'),
      width: 520,
      render: (_value, { message, record }) => (
        <>
          {inLanguage(message)} <span className="muted">{record}</span>
        </>
      ),
    },
    {
      key: 'unit',
      title: t('replays.unit'),
      width: 200,
      render: (_value, { unitName, unitCode }) => unitName ?? unitCode ?? t('replays.noUnit'),
    },
    { key: 'onDate', title: t('replays.onDate'), width: 110, dataIndex: 'onDate' },
    {
      key: 'amount',
      title: t('replays.amount'),
      width: 150,
      align: 'right',
      render: (_value, { amountA, amountB }) =>
        amountA !== null && amountB !== null && amountA !== amountB ? (
          <>
            <Amount yuan={amountA} /> → <Amount yuan={amountB} />
          </>
        ) : (
          <Amount yuan={amountB ?? amountA} />
        ),
    },
    {
      key: 'verdict',
      title: t('replays.verdict'),
      width: 100,
      render: (_value, { verdict }) =>
        verdict ? t(`replays.verdicts.${verdict as 'normal'}`) : <span className="muted">—</span>,
    },
  ]
}
