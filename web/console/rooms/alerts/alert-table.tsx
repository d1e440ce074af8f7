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

/** The time that is left, in working days, with a light that is also a word; the day itself on pointing at it. */
export function Due({ of }: { of: Pick<AlertRow, 'dueOn' | 'daysLeft' | 'overdue'> }) {
  const { t } = useTranslation()
  const { dueOn, daysLeft, overdue } = of
  if (!dueOn) return <span className="muted">—</span>
  if (daysLeft === null) return <span className="numeric">{dueOn}</span>
  return (
    <span title={t('alerts.dueOn', { date: dueOn })}>
      {daysLeft > 0 ? (
        <span className="numeric">{t('alerts.daysLeft', { count: daysLeft })}</span>
      ) : (
        <StateTag tone={overdue ? 'red' : 'yellow'}>
          {t(wordOf(daysLeft, overdue), { count: -daysLeft })}
        </StateTag>
      )}
    </span>
  )
}

/** On the holidays after its last day a term is over, though no working day has gone by since. */
function wordOf(daysLeft: number, overdue: boolean): string {
  if (daysLeft < 0) return 'alerts.daysOver'
  return overdue ? 'alerts.termEnded' : 'alerts.dueToday'
}

export function AlertTable(props: {
  rows: readonly AlertRow[]
  loading: boolean
  /** The row that the keys are on. */
  current?: number
  /** What a click on a row does where it can be shown beside the list; elsewhere the click opens its page. */
  onShow?: (index: number) => void
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
      width: 148,
      render: (_value, row) => <Due of={row} />,
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
      onRow={(row, index = 0) => ({
        onClick: (event) => {
          if (!(event.target as HTMLElement).closest('a, input, .ant-checkbox-wrapper'))
            props.onShow ? props.onShow(index) : navigate(`/alerts/${row.alertId}`)
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
