import { Empty, Skeleton, Table } from 'antd'
import type { ColumnsType } from 'antd/es/table'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../../kit/index.ts'
import { FigureLink } from './figure-link.tsx'
import type { PrecisionLine } from './use-board.ts'

/** Months shown at most; the newest ones. */
const monthsShown = 6

const lastDay = (month: string) => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

interface RuleLine {
  readonly rule: string
  readonly months: ReadonlyMap<string, PrecisionLine>
}

/** How often each rule was right, by the month in which its alerts were raised: share, and confirmed of judged. */
export function PrecisionPanel(props: {
  when: string
  asked: { isPending: boolean; isError: boolean; error: unknown; refetch(): unknown }
  lines: readonly PrecisionLine[]
  within: Readonly<Record<string, unknown>>
  ruleName: (rule: string) => string
}) {
  const { t } = useTranslation()
  const { asked, lines } = props
  const months = [...new Set(lines.map((line) => line.month))].sort().slice(-monthsShown)
  const rules = [...new Set(lines.map((line) => line.rule))]
  const rows = rules.map((rule) => ({
    rule,
    months: new Map(lines.filter((line) => line.rule === rule).map((line) => [line.month, line])),
  }))
  const columns: ColumnsType<RuleLine> = [
    { title: t('boards.rule'), key: 'rule', render: (_value, row) => props.ruleName(row.rule) },
    ...months.map((month) => ({
      title: month,
      key: month,
      align: 'right' as const,
      render: (_value: unknown, row: RuleLine) => <Cell line={row.months.get(month)} within={props.within} />,
    })),
  ]
  return (
    <section className="panel board-panel" aria-label={t('boards.precision')}>
      <h2>
        <span>
          {t('boards.precision')} <small>{props.when}</small>
        </span>
      </h2>
      {asked.isError ? (
        <ErrorState error={asked.error} retry={() => void asked.refetch()} />
      ) : asked.isPending ? (
        <Skeleton active />
      ) : rows.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('boards.empty')} />
      ) : (
        <Table<RuleLine>
          size="small"
          pagination={false}
          rowKey="rule"
          columns={columns}
          dataSource={rows}
          scroll={{ x: 'max-content', y: 420 }}
        />
      )}
    </section>
  )
}

function Cell(props: { line: PrecisionLine | undefined; within: Readonly<Record<string, unknown>> }) {
  const { t } = useTranslation()
  const { line, within } = props
  if (!line) return <span className="muted">—</span>
  const [first, last] = [`${line.month}-01`, lastDay(line.month)]
  const later = typeof within.raisedFrom === 'string' && within.raisedFrom > first ? within.raisedFrom : first
  const earlier = typeof within.raisedTo === 'string' && within.raisedTo < last ? within.raisedTo : last
  const filter = { ...within, rule: line.rule, raisedFrom: later, raisedTo: earlier }
  const judged = line.confirmed + line.normal
  if (judged === 0) {
    return (
      <FigureLink figure={{ count: line.raised, filter }}>
        {t('boards.unjudged', { count: line.raised })}
      </FigureLink>
    )
  }
  return (
    <FigureLink figure={{ count: line.confirmed, filter: { ...filter, verdict: 'violation,irregular' } }}>
      {t('boards.confirmed', {
        share: (Number(line.precision) * 100).toFixed(0),
        confirmed: line.confirmed,
        judged,
      })}
    </FigureLink>
  )
}
