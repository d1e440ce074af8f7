import { Table } from 'antd'
import type { ColumnsType } from 'antd/es/table'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import { Amount, LevelTag } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { Due } from './alert-table.tsx'

export type UnitAlertRow = components['schemas']['UnitAlert']
export interface UnitAlertPageData {
  readonly items: readonly UnitAlertRow[]
  readonly next: string | null
  readonly open: number
}

/** What a unit sees of its alerts. */
export function UnitAlertTable({ rows, loading }: { rows: readonly UnitAlertRow[]; loading: boolean }) {
  const { t } = useTranslation()
  const columns: ColumnsType<UnitAlertRow> = [
    {
      title: t('alerts.level'),
      dataIndex: 'level',
      width: 96,
      render: (level) => <LevelTag level={level} />,
    },
    {
      title: t('alerts.number'),
      dataIndex: 'number',
      width: 168,
      render: (number, row) => <Link to={`/unit-alerts/${row.alertId}`}>{number}</Link>,
    },
    {
      title: t('alerts.what'),
      key: 'what',
      ellipsis: true,
      render: (_value, row) => inLanguage({ zh: row.messageZh, en: row.messageEn }),
    },
    {
      title: t('alerts.amount'),
      dataIndex: 'amount',
      width: 132,
      align: 'right',
      render: (amount) => <Amount yuan={amount} />,
    },
    {
      title: t('alerts.state'),
      dataIndex: 'state',
      width: 112,
      render: (state) => t(`alerts.unitStates.${state}`),
    },
    {
      title: t('alerts.due'),
      key: 'due',
      width: 148,
      render: (_value, row) => <Due of={row} />,
    },
  ]
  return (
    <Table<UnitAlertRow>
      size="small"
      rowKey="alertId"
      columns={columns}
      dataSource={[...rows]}
      loading={loading}
      pagination={false}
      scroll={{ x: 860 }}
      locale={{ emptyText: t('kit.list.empty') }}
    />
  )
}
