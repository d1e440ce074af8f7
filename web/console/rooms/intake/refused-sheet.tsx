import { useQuery } from '@tanstack/react-query'
import { Table, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'

type Sheet = components['schemas']['IntakeRefusedSheet']
type SheetRow = Sheet['rows'][number]

/** The refused rows as they stand in the file: bad cells are marked and say why; each row sums its reasons up. */
export function RefusedSheet({ batchId, count }: { batchId: string; count: number }) {
  const { t } = useTranslation()
  const sheet = useQuery({
    queryKey: ['intake', 'refused', batchId],
    queryFn: () =>
      answered<Sheet>(
        client.GET('/api/v1/intake/batches/{batchId}/refused', { params: { path: { batchId } } }),
      ),
  })
  if (sheet.isError) return <ErrorState error={sheet.error} retry={() => void sheet.refetch()} />
  const { columns = [], rows = [] } = sheet.data ?? {}
  if (sheet.data && rows.length === 0) return null
  return (
    <div className="panel">
      <h2>{t('intake.refusedSheet', { shown: rows.length, count })}</h2>
      <Table<SheetRow>
        size="small"
        bordered
        loading={sheet.isPending}
        rowKey="row"
        pagination={false}
        sticky
        scroll={{ x: 'max-content', y: 480 }}
        dataSource={rows}
        columns={[
          {
            key: 'row',
            title: t('intake.row'),
            width: 72,
            align: 'right',
            fixed: 'left',
            render: (_value, { row }) => <span className="numeric">{row}</span>,
          },
          {
            key: 'reasons',
            title: t('intake.reason'),
            width: 300,
            fixed: 'left',
            render: (_value, { faults }) => (
              <ReasonList
                reasons={faults.map(({ column, reason }) => {
                  const named = columns.find(({ name }) => name === column)
                  return `${named ? inLanguage(named.title) : column}: ${inLanguage(reason)}`
                })}
              />
            ),
          },
          ...columns.map(({ name, title }, at) => ({
            key: name,
            title: inLanguage(title),
            onCell: (row: SheetRow) => (faultOf(row, name) ? { className: 'bad-cell' } : {}),
            render: (_value: unknown, row: SheetRow) => (
              <Cell text={row.cells[at] ?? ''} fault={faultOf(row, name)} />
            ),
          })),
        ]}
      />
    </div>
  )
}

function faultOf({ faults }: SheetRow, column: string) {
  return faults.find((fault) => fault.column === column)
}

function ReasonList({ reasons }: { reasons: readonly string[] }) {
  return (
    <>
      {reasons.map((reason) => (
        <div key={reason}>{reason}</div>
      ))}
    </>
  )
}

/** A bad cell can be reached by the keyboard too, so that its reason is heard. */
function Cell({ text, fault }: { text: string; fault: SheetRow['faults'][number] | undefined }) {
  const { t } = useTranslation()
  if (!fault) return text
  return (
    <Tooltip title={inLanguage(fault.reason)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the reason is shown on focus */}
      <span tabIndex={0}>{text || t('intake.blank')}</span>
    </Tooltip>
  )
}
