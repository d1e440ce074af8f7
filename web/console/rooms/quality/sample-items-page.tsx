import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import {
  Amount,
  answered,
  client,
  type ListColumn,
  type ListData,
  ListPage,
  StateTag,
  shanghaiTime,
  useListAddress,
} from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { usePacks } from '../boards/use-board.ts'
import { qualityKey, type SampleRow, useSampleRates } from './quality.ts'

const names = ['pack', 'month', 'outcome', 'rule'] as const
const outcomes = ['open', 'judged', 'no_finding', 'missed'] as const

/** Records that were drawn at random, to be judged and judged. */
export function SampleItemsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const address = useListAddress(names)
  const packs = usePacks()
  const months = [...new Set((useSampleRates().data?.months ?? []).map(({ month }) => month))]
  const { conditions, cursor } = address
  const list = useQuery({
    queryKey: [qualityKey, 'items', conditions, cursor],
    queryFn: () =>
      answered<ListData<SampleRow>>(
        client.GET('/api/v1/sample-items', {
          params: { query: { ...conditions, cursor, limit: 50 } as never },
        }),
      ),
  })
  return (
    <ListPage<SampleRow, (typeof names)[number]>
      name="sample-items"
      title={t('quality.items.title')}
      address={address}
      fields={[
        {
          name: 'pack',
          label: t('quality.items.pack'),
          kind: 'choice',
          options: packs.map(({ pack, title }) => ({ value: pack, label: inLanguage(title) })),
        },
        {
          name: 'month',
          label: t('quality.month'),
          kind: 'choice',
          options: months.map((value) => ({ value, label: value })),
        },
        {
          name: 'outcome',
          label: t('quality.items.outcome'),
          kind: 'choice',
          options: outcomes.map((value) => ({ value, label: t(`quality.items.outcomes.${value}`) })),
        },
        { name: 'rule', label: t('quality.items.missedRule'), kind: 'text' },
      ]}
      columns={useColumns()}
      rowKey="itemId"
      query={list}
      emptyText={t('quality.items.empty')}
      onOpen={({ itemId }) => navigate(`/sample-items/${itemId}`)}
    />
  )
}

export const keyOf = (keys: SampleRow['keys']) => Object.values(keys).filter(Boolean).join(' ')

function useColumns(): ListColumn<SampleRow>[] {
  const { t } = useTranslation()
  const packs = usePacks()
  return [
    {
      key: 'key',
      title: t('quality.items.key'),
      width: 200,
      render: (_value, { itemId, keys }) => <Link to={`/sample-items/${itemId}`}>{keyOf(keys)}</Link>,
    },
    {
      key: 'pack',
      title: t('quality.items.pack'),
      width: 150,
      render: (_value, { pack }) => {
        const found = packs.find((one) => one.pack === pack)
        return found ? inLanguage(found.title) : pack
      },
    },
    { key: 'onDate', title: t('quality.items.onDate'), dataIndex: 'onDate', width: 110 },
    {
      key: 'unit',
      title: t('quality.items.unit'),
      width: 190,
      ellipsis: true,
      render: (_value, { unitName, unitCode }) => unitName ?? unitCode ?? '—',
    },
    {
      key: 'about',
      title: t('quality.items.about'),
      width: 220,
      ellipsis: true,
      render: (_value, { about }) => about ?? '—',
    },
    {
      key: 'amount',
      title: t('quality.items.amount'),
      width: 130,
      align: 'right',
      render: (_value, { amount }) => <Amount yuan={amount} />,
    },
    {
      key: 'outcome',
      title: t('quality.items.outcome'),
      width: 130,
      render: (_value, { outcome }) => <Outcome outcome={outcome} />,
    },
    {
      key: 'missedRule',
      title: t('quality.items.missedRule'),
      width: 150,
      render: (_value, { missedRule }) =>
        missedRule === 'none' ? t('quality.noRule') : (missedRule ?? <span className="muted">—</span>),
    },
    { key: 'note', title: t('quality.items.note'), dataIndex: 'note', width: 260, ellipsis: true },
    {
      key: 'judgedBy',
      title: t('quality.items.judgedBy'),
      width: 210,
      render: (_value, { judgedBy, judgedAt }) =>
        judgedAt ? `${judgedBy ?? ''} ${shanghaiTime(judgedAt)}` : <span className="muted">—</span>,
    },
  ]
}

export function Outcome({ outcome }: { outcome: SampleRow['outcome'] }) {
  const { t } = useTranslation()
  if (outcome === null) return <StateTag tone="blue">{t('quality.items.outcomes.open')}</StateTag>
  return (
    <StateTag tone={outcome === 'missed' ? 'red' : 'done'}>{t(`quality.items.outcomes.${outcome}`)}</StateTag>
  )
}
