import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import {
  Amount,
  answered,
  type ConditionField,
  client,
  type ListColumn,
  type ListData,
  ListPage,
  useListAddress,
} from '../../../kit/index.ts'
import { invoiceAddress, invoiceKinds, invoiceStates } from './library-words.ts'

type InvoiceRow = components['schemas']['InvoiceRow']

const names = ['text', 'item', 'from', 'to', 'unit', 'seller', 'kind', 'state', 'least', 'most'] as const

/** The library of invoices: those of units in one's part of the tree. */
export function InvoiceLibraryPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const address = useListAddress(names)
  const { conditions, cursor } = address
  const query = useQuery({
    queryKey: ['invoices', conditions, cursor],
    queryFn: () =>
      answered<ListData<InvoiceRow>>(
        client.GET('/api/v1/invoices', { params: { query: { ...conditions, cursor } as never } }),
      ),
  })
  return (
    <ListPage
      name="invoice-library"
      title={t('libraries.invoices.title')}
      fields={useFields()}
      address={address}
      columns={useColumns()}
      rowKey="invoiceNo"
      query={query}
      emptyText={t('libraries.invoices.empty')}
      onOpen={(row) => navigate(invoiceAddress(row))}
    />
  )
}

function useFields(): readonly ConditionField<(typeof names)[number]>[] {
  const { t } = useTranslation()
  return names.map((name) => {
    const label = t(`libraries.invoices.conditions.${name}`)
    if (name === 'kind' || name === 'state') {
      const values: readonly string[] = name === 'kind' ? invoiceKinds : invoiceStates
      const words = name === 'kind' ? 'libraries.invoiceKinds' : 'libraries.invoiceStates'
      return {
        name,
        label,
        kind: 'choice',
        options: values.map((value) => ({ value, label: t(`${words}.${value}`) })),
      }
    }
    return { name, label, kind: name === 'from' || name === 'to' ? 'date' : 'text' }
  })
}

function useColumns(): readonly ListColumn<InvoiceRow>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'invoiceNo',
      title: t('libraries.invoiceNo'),
      render: (_value, row) => <Link to={invoiceAddress(row)}>{row.invoiceNo}</Link>,
    },
    { key: 'invoiceCode', title: t('libraries.invoiceCode'), dataIndex: 'invoiceCode' },
    { key: 'issuedOn', title: t('libraries.issuedOn'), dataIndex: 'issuedOn' },
    {
      key: 'unit',
      title: t('libraries.buyer'),
      render: (_value, row) => row.unitName ?? row.buyerName ?? '—',
    },
    { key: 'sellerName', title: t('libraries.seller'), dataIndex: 'sellerName' },
    {
      key: 'total',
      title: t('libraries.total'),
      align: 'right',
      render: (_value, row) => <Amount yuan={row.total} />,
    },
    {
      key: 'kind',
      title: t('libraries.kind'),
      render: (_value, row) => t(`libraries.invoiceKinds.${row.kind}`),
    },
    {
      key: 'state',
      title: t('libraries.state'),
      render: (_value, row) => t(`libraries.invoiceStates.${row.state}`),
    },
  ]
}
