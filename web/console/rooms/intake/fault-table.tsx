import { Table } from 'antd'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { inLanguage } from '../../language.ts'
import type { Dataset } from './use-datasets.ts'

type Fault = components['schemas']['IntakeFault']

/** The faults as a sheet: the row, the column, the bad cell marked, and the reason beside it. */
export function FaultTable(props: { faults: readonly Fault[]; total: number; dataset?: Dataset }) {
  const { t } = useTranslation()
  const columnName = (name: string | null) => {
    const column = props.dataset?.columns.find((known) => known.name === name)
    return column ? inLanguage(column.title) : (name ?? '—')
  }
  return (
    <div className="panel">
      <h2>{t('intake.faults', { shown: props.faults.length, count: props.total })}</h2>
      <Table<Fault>
        size="small"
        rowKey={(fault) => `${fault.file} ${fault.row} ${fault.column} ${fault.reason.en}`}
        pagination={false}
        sticky
        scroll={{ x: 900 }}
        dataSource={[...props.faults]}
        columns={[
          ...(props.faults.some(({ file }) => file)
            ? [{ key: 'file', title: t('intake.fileName'), width: 240, dataIndex: 'file' }]
            : []),
          {
            key: 'row',
            title: t('intake.row'),
            width: 96,
            align: 'right',
            fixed: 'left',
            render: (_value, { row }) => <span className="numeric">{row ?? '—'}</span>,
          },
          { key: 'column', title: t('intake.column'), width: 180, render: (_v, f) => columnName(f.column) },
          {
            key: 'value',
            title: t('intake.value'),
            width: 220,
            onCell: ({ value, column }) => (value || column ? { className: 'bad-cell' } : {}),
            render: (_value, { value, column }) => value || (column ? t('intake.blank') : '—'),
          },
          { key: 'reason', title: t('intake.reason'), render: (_value, { reason }) => inLanguage(reason) },
        ]}
      />
    </div>
  )
}
