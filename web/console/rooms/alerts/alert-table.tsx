import { Table } from 'antd'
import type { ColumnsType } from 'antd/es/table'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import { Amount, LevelTag, StateTag } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'

export type AlertRow = components['schemas']['AlertRow']
export interface AlertPageData {
  readonly items: readonly AlertRow[]
  readonly next: string | null
  readonly total?: { readonly count: number; readonly capped: boolean }
}

/** The due date with a light that is also a word. */
export function Due({ dueOn, overdue }: { dueOn: string | null; overdue: boolean }) {
  const { t } = useTranslation()
  if (!dueOn) return <span className="muted">—</span>
  return overdue ? (
    <StateTag tone="red">{t('alerts.overdue', { date: dueOn })}</StateTag>
  ) : (
    <span className="numeric">{dueOn}</span>
  )
}

export function AlertTable(props: {
  rows: readonly AlertRow[]
  loading: boolean
  /** The row that the keys are on. */
  current?: number
  selected?: readonly string[]
  onSelect?: (ids: readonly string[]) => void
}) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const columns: ColumnsType<AlertRow> = [
    {
      title: t('alerts.level'),
      dataIndex: 'level',
      width: 80,
      fixed: 'left',
      render: (level) => <LevelTag level={level} />,
    },
    {
      title: t('alerts.number'),
      dataIndex: 'number',
      width: 132,
      render: (number, row) => <Link to={`/alerts/${row.alertId}`}>{number}</Link>,
    },
    {
      title: t('alerts.unit'),
      dataIndex: 'unitName',
      width: 124,
      ellipsis: true,
      render: (name, row) => name ?? row.unitCode ?? '—',
    },
    {
      title: t('alerts.what'),
      key: 'what',
      ellipsis: true,
      render: (_value, row) => inLanguage({ zh: row.messageZh, en: row.messageEn }),
    },
    {
      title: t('alerts.rules'),
      dataIndex: 'rules',
      width: 68,
      render: (rules: string[]) => rules.join(' '),
    },
    {
      title: t('alerts.amount'),
      dataIndex: 'amount',
      width: 100,
      align: 'right',
      render: (amount) => <Amount yuan={amount} />,
    },
    { title: t('alerts.onDate'), dataIndex: 'onDate', width: 100, responsive: ['xxl'] },
    {
      title: t('alerts.state'),
      dataIndex: 'state',
      width: 72,
      render: (state) => t(`alerts.states.${state}`),
    },
    {
      title: t('alerts.due'),
      key: 'due',
      width: 116,
      render: (_value, row) => <Due dueOn={row.dueOn} overdue={row.overdue} />,
    },
  ]
  return (
    <Table<AlertRow>
      size="small"
      rowKey="alertId"
      columns={columns}
      dataSource={[...props.rows]}
      loading={props.loading}
      pagination={false}
      scroll={{ x: 860 }}
      sticky
      locale={{ emptyText: t('kit.list.empty') }}
      rowClassName={(_row, index) => (index === props.current ? 'current-row' : '')}
      onRow={(row) => ({
        onClick: (event) => {
          if (!(event.target as HTMLElement).closest('a, input, .ant-checkbox-wrapper'))
            navigate(`/alerts/${row.alertId}`)
        },
        style: { cursor: 'pointer' },
      })}
      {...(props.onSelect
        ? {
            rowSelection: {
              selectedRowKeys: [...(props.selected ?? [])],
              onChange: (keys) => props.onSelect?.(keys.map(String)),
            },
          }
        : {})}
    />
  )
}
