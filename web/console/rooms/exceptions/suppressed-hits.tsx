import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import {
  Amount,
  answered,
  client,
  LevelTag,
  type ListColumn,
  type ListData,
  ListPage,
  useListAddress,
} from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'

type SuppressedHit = components['schemas']['SuppressedHit']

/** The hits that raise no alert, because an exception covers them: counted and to be seen. */
export function SuppressedHits() {
  const { t } = useTranslation()
  const address = useListAddress([])
  const list = useQuery({
    queryKey: ['exceptions', 'suppressed', address.cursor],
    queryFn: () =>
      answered<ListData<SuppressedHit>>(
        client.GET('/api/v1/suppressed-hits', {
          params: { query: { ...(address.cursor ? { cursor: address.cursor } : {}), limit: 50 } },
        }),
      ),
  })
  return (
    <ListPage<SuppressedHit, never>
      name="suppressed-hits"
      title={t('exceptions.suppressedTitle')}
      address={address}
      fields={[]}
      columns={useColumns()}
      rowKey="hitId"
      query={list}
      emptyText={t('exceptions.suppressedEmpty')}
    />
  )
}

function useColumns(): ListColumn<SuppressedHit>[] {
  const { t } = useTranslation()
  return [
    { key: 'onDate', title: t('exceptions.onDate'), dataIndex: 'onDate', width: 120 },
    {
      key: 'level',
      title: t('exceptions.level'),
      width: 90,
      render: (_value, { level }) => <LevelTag level={level} />,
    },
    { key: 'rule', title: t('exceptions.rule'), dataIndex: 'rule', width: 90 },
    {
      key: 'unit',
      title: t('exceptions.unit'),
      width: 220,
      ellipsis: true,
      render: (_value, { unitName, unitCode }) => unitName ?? unitCode ?? '—',
    },
    {
      key: 'message',
      title: t('exceptions.what'),
      width: 460,
      ellipsis: true,
      render: (_value, { messageZh, messageEn }) => inLanguage({ zh: messageZh, en: messageEn }),
    },
    {
      key: 'amount',
      title: t('exceptions.amount'),
      width: 130,
      align: 'right',
      render: (_value, { amount }) => <Amount yuan={amount} />,
    },
    {
      key: 'exceptions',
      title: t('exceptions.coveredBy'),
      width: 160,
      render: (_value, { exceptions }) => exceptions.join(t('exceptions.listJoin')),
    },
  ]
}
