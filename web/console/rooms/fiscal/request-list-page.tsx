import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import {
  Amount,
  answered,
  client,
  LevelTag,
  type ListColumn,
  type ListData,
  ListPage,
  StateTag,
  shanghaiTime,
  useListAddress,
} from '../../../kit/index.ts'
import { type Face, pathOf, type RequestRow, states, stateTone } from './payment-request.ts'

const levels = ['red', 'yellow', 'blue'] as const
const names = ['state', 'level', 'text', 'faulty', 'unit'] as const

/** Payment requests that the office watches over. */
export function RequestListPage() {
  return <RequestList face="office" />
}

/** Payment requests of one's own unit. */
export function UnitRequestListPage() {
  return <RequestList face="unit" />
}

function RequestList({ face }: { face: Face }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const address = useListAddress(names)
  const { conditions, cursor } = address
  const list = useQuery({
    queryKey: ['payment-requests', face, 'list', conditions, cursor],
    queryFn: () => {
      const params = { query: { ...conditions, cursor, limit: 50 } as never }
      return answered<ListData<RequestRow>>(
        face === 'office'
          ? client.GET('/api/v1/fiscal/payment-requests', { params })
          : client.GET('/api/v1/unit-payment-requests', { params }),
      )
    },
  })
  return (
    <ListPage<RequestRow, (typeof names)[number]>
      name={`payment-requests-${face}`}
      title={t(face === 'office' ? 'fiscal.title' : 'fiscal.unitTitle')}
      address={address}
      fields={[
        {
          name: 'state',
          label: t('fiscal.state'),
          kind: 'choice',
          options: states.map((value) => ({ value, label: t(`fiscal.states.${value}`) })),
        },
        {
          name: 'level',
          label: t('fiscal.level'),
          kind: 'choice',
          options: levels.map((value) => ({ value, label: t(`kit.level.${value}`) })),
        },
        { name: 'text', label: t('fiscal.text'), kind: 'text' },
        {
          name: 'faulty',
          label: t('fiscal.payment'),
          kind: 'choice',
          options: [{ value: 'true', label: t('fiscal.onlyFaulty') }],
        },
        ...(face === 'office'
          ? [{ name: 'unit' as const, label: t('fiscal.unitCode'), kind: 'text' as const }]
          : []),
      ]}
      columns={useColumns(face)}
      rowKey="requestKey"
      query={list}
      emptyText={t('fiscal.empty')}
      onOpen={({ requestKey }) => navigate(`${pathOf[face]}/${requestKey}`)}
    />
  )
}

function useColumns(face: Face): ListColumn<RequestRow>[] {
  const { t } = useTranslation()
  const unit: ListColumn<RequestRow> = {
    key: 'unitName',
    title: t('fiscal.unit'),
    width: 150,
    ellipsis: true,
    render: (_value, { unitName, unitCode }) => unitName ?? unitCode,
  }
  return [
    {
      key: 'requestNo',
      title: t('fiscal.number'),
      width: 130,
      render: (_value, { requestKey, requestNo }) => (
        <Link to={`${pathOf[face]}/${requestKey}`}>{requestNo}</Link>
      ),
    },
    {
      key: 'level',
      title: t('fiscal.level'),
      width: 84,
      render: (_value, { level }) => (level ? <LevelTag level={level} /> : <span className="muted">—</span>),
    },
    {
      key: 'state',
      title: t('fiscal.state'),
      width: 116,
      render: (_value, { state }) => (
        <StateTag tone={stateTone[state]}>{t(`fiscal.states.${state}`)}</StateTag>
      ),
    },
    ...(face === 'office' ? [unit] : []),
    {
      key: 'payeeName',
      title: t('fiscal.payee'),
      width: 150,
      ellipsis: true,
      render: (_value, { payeeName }) => payeeName ?? '—',
    },
    {
      key: 'purpose',
      title: t('fiscal.purpose'),
      width: 150,
      ellipsis: true,
      render: (_value, { purpose }) => purpose ?? '—',
    },
    {
      key: 'amount',
      title: t('fiscal.amount'),
      width: 120,
      align: 'right',
      render: (_value, { amount }) => <Amount yuan={amount} />,
    },
    {
      key: 'payment',
      title: t('fiscal.payment'),
      width: 130,
      render: (_value, { paymentId, paymentFault }) =>
        paymentFault ? (
          <StateTag tone="red">{t(`fiscal.faults.${paymentFault}`)}</StateTag>
        ) : (
          <span className={paymentId ? '' : 'muted'}>{paymentId ?? t('fiscal.notPaid')}</span>
        ),
    },
    {
      key: 'requestedAt',
      title: t('fiscal.requestedAt'),
      width: 140,
      render: (_value, { requestedAt }) => shanghaiTime(requestedAt),
    },
  ]
}
