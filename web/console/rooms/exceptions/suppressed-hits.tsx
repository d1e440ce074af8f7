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
    { key: 'onDate', title: t('exceptions.onDate'), dataIndex: 'onDate', width: 104 },
    {
      key: 'level',
      title: t('exceptions.level'),
      width: 84,
      render: (_value, { level }) => <LevelTag level={level} />,
    },
    { key: 'rule', title: t('exceptions.rule'), dataIndex: 'rule', width: 70 },
    {
      key: 'unit',
      title: t('exceptions.unit'),
      width: 190,
      ellipsis: true,
      render: (_value, { unitName, unitCode }) => unitName ?? unitCode ?? '—',
    },
    {
      key: 'message',
      title: t('exceptions.what'),
      width: 420,
      ellipsis: true,
      render: (_value, { messageZh, messageEn }) => inLanguage({ zh: messageZh, en: messageEn }),
    },
    {
      key: 'amount',
      title: t('exceptions.amount'),
      width: 110,
      align: 'right',
      render: (_value, { amount }) => <Amount yuan={amount} />,
    },
    {
      key: 'exceptions',
      title: t('exceptions.coveredBy'),
      width: 132,
      render: (_value, { exceptions }) => exceptions.join(t('exceptions.listJoin')),
    },
  ]
}
