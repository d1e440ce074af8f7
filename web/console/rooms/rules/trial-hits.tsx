import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Table } from 'antd'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { Amount, answered, client, ErrorState, LevelTag, type ListData } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import type { RuleDetail } from './rule.ts'

type TrialHit = components['schemas']['TrialHit']

/** What a rule found on trial. Persons are left out: nobody was asked to explain anything. */
export function TrialHits({ rule }: { rule: RuleDetail }) {
  const { t } = useTranslation()
  const { code } = rule
  const hits = useInfiniteQuery({
    queryKey: ['rules', 'trial-hits', code],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      answered<ListData<TrialHit>>(
        client.GET('/api/v1/rules/{code}/trial-hits', {
          params: { path: { code }, query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  })
  if (hits.isError) return <ErrorState error={hits.error} retry={() => void hits.refetch()} />
  const titleOf = (key: string) => rule.conditions.find((condition) => condition.key === key)?.title
  const shown = rule.evidence.filter(({ personal, name }) => !personal && name !== 'conditions').slice(0, 4)
  return (
    <>
      <p className="muted">{t('rules.trialNote')}</p>
      <Table<TrialHit>
        size="small"
        rowKey="hitId"
        loading={hits.isPending}
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={hits.data?.pages.flatMap(({ items }) => [...items]) ?? []}
        locale={{ emptyText: t('rules.noTrialHits') }}
        columns={[
          {
            key: 'level',
            title: t('rules.levels'),
            render: (_value, { level }) => <LevelTag level={level} />,
          },
          {
            key: 'condition',
            title: t('rules.conditions'),
            render: (_value, { condition }) => {
              const title = titleOf(condition)
              return title ? inLanguage(title) : condition
            },
          },
          {
            key: 'unit',
            title: t('rules.unit'),
            render: (_value, { unitName, unitCode }) => unitName ?? unitCode ?? '—',
          },
          { key: 'onDate', title: t('rules.onDate'), dataIndex: 'onDate' },
          {
            key: 'amount',
            title: t('rules.amount'),
            align: 'right',
            render: (_value, { amount }) => <Amount yuan={amount} />,
          },
          ...shown.map(({ name, title }) => ({
            key: name,
            title: inLanguage(title),
            render: (_value: unknown, { evidence }: TrialHit) => String(evidence[name] ?? '—'),
          })),
        ]}
      />
      {hits.hasNextPage ? (
        <Button
          style={{ marginTop: 12 }}
          loading={hits.isFetchingNextPage}
          onClick={() => void hits.fetchNextPage()}
        >
          {t('kit.list.more')}
        </Button>
      ) : null}
    </>
  )
}
