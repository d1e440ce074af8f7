import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import {
  answered,
  client,
  type ListColumn,
  type ListData,
  ListPage,
  StateTag,
  shanghaiTime,
  useListAddress,
} from '../../../kit/index.ts'
import { conflictTone } from './batch.ts'

type Conflict = components['schemas']['InvoiceConflict']

const names = ['state'] as const
const states = ['open', 'kept', 'replaced', 'withdrawn'] as const

/** Invoices of which two sources say different things, and what was decided about them. */
export function ConflictsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const address = useListAddress(names)
  const { conditions, cursor } = address
  const list = useQuery({
    queryKey: ['intake', 'conflicts', conditions, cursor],
    queryFn: () =>
      answered<ListData<Conflict>>(
        client.GET('/api/v1/intake/conflicts', {
          params: { query: { ...conditions, cursor, limit: 50 } as never },
        }),
      ),
  })
  const options = states.map((state) => ({ value: state, label: t(`intake.conflict.states.${state}`) }))
  return (
    <ListPage<Conflict, (typeof names)[number]>
      name="intake-conflicts"
      title={t('intake.conflict.title')}
      address={address}
      fields={[{ name: 'state', label: t('intake.state'), kind: 'choice', options }]}
      columns={useColumns()}
      rowKey="conflictId"
      query={list}
      emptyText={t('intake.conflict.empty')}
      onOpen={({ conflictId }) => navigate(`/invoice-conflicts/${conflictId}`)}
    />
  )
}

function useColumns(): ListColumn<Conflict>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'invoiceNo',
      title: t('intake.conflict.number'),
      width: 220,
      render: (_value, { conflictId, invoiceNo }) => (
        <Link to={`/invoice-conflicts/${conflictId}`}>{invoiceNo}</Link>
      ),
    },
    { key: 'invoiceCode', title: t('intake.conflict.code'), width: 160, dataIndex: 'invoiceCode' },
    {
      key: 'state',
      title: t('intake.state'),
      width: 140,
      render: (_value, { state }) => (
        <StateTag tone={conflictTone[state]}>{t(`intake.conflict.states.${state}`)}</StateTag>
      ),
    },
    { key: 'fileName', title: t('intake.conflict.file'), width: 240, ellipsis: true, dataIndex: 'fileName' },
    {
      key: 'foundAt',
      title: t('intake.conflict.foundAt'),
      width: 150,
      render: (_value, { foundAt }) => shanghaiTime(foundAt),
    },
    { key: 'reason', title: t('intake.conflict.reason'), ellipsis: true, dataIndex: 'reason' },
  ]
}
