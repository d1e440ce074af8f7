import { Table } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { groupedYuan } from '../../../../kit/index.ts'
import { inLanguage } from '../../../language.ts'
import { MarkedText } from './marked-text.tsx'
import type { ShownRows, WordMark } from './use-explanation.ts'

type Column = ShownRows['columns'][number]
type Value = ShownRows['rows'][number][string] | undefined

/** Rows of a dataset as a table, with the words marked in them; a last row may sum up. */
export function RowsTable(props: { shown: ShownRows; marks?: readonly WordMark[]; summary?: ReactNode }) {
  const { t } = useTranslation()
  const { shown, marks = [], summary } = props
  return (
    <>
      <Table
        size="small"
        rowKey={(row) => JSON.stringify(row)}
        dataSource={shown.rows}
        pagination={shown.rows.length > 10 ? { pageSize: 10, size: 'small' } : false}
        scroll={{ x: 'max-content' }}
        columns={shown.columns.map((column) => ({
          title: inLanguage(column.title),
          dataIndex: column.name,
          ...(column.type === 'money' || column.type === 'quantity' ? { align: 'right' as const } : {}),
          render: (value: Value, row: ShownRows['rows'][number]) => (
            <Cell column={column} value={value} marks={marksAt(marks, column.name, row.line_no)} />
          ),
        }))}
        {...(summary ? { summary: () => summary } : {})}
      />
      {shown.outOfSight > 0 ? (
        <p className="muted">{t('explain.outOfSight', { count: shown.outOfSight })}</p>
      ) : null}
    </>
  )
}

/** The marks for a cell: those of its column and line, and those that may stand anywhere. */
export function marksAt(marks: readonly WordMark[], column: string, line: Value): readonly WordMark[] {
  return marks.filter(
    (mark) =>
      (mark.column === null ? textColumns.has(column) : mark.column === column) &&
      (mark.line === null || String(mark.line) === String(line)),
  )
}

/** Where a word without a place is looked for. */
const textColumns = new Set(['item_name', 'purpose', 'remark', 'seller_name', 'payee_name'])

/** One value as its column means it. */
export function Cell({ column, value, marks }: { column: Column; value: Value; marks: readonly WordMark[] }) {
  const { t } = useTranslation()
  if (value === null || value === undefined || value === '') return <span className="muted">—</span>
  if (column.type === 'money') return <span className="numeric">{groupedYuan(String(value))}</span>
  if (typeof value === 'boolean') return t(value ? 'explain.yes' : 'explain.no')
  const chosen = column.choices?.[String(value)]
  if (chosen) return inLanguage(chosen)
  return <MarkedText text={String(value)} marks={marks} />
}
