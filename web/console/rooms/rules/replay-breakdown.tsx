import { Table } from 'antd'
import { useTranslation } from 'react-i18next'
import { LevelTag } from '../../../kit/index.ts'
import type { ReplayDifference } from './replay.ts'
import type { HitFilter } from './replay-hits.tsx'

type Unit = ReplayDifference['units'][number]
type Month = ReplayDifference['months'][number]

const levels = ['red', 'yellow', 'blue'] as const
const number = (value: number) => <span className="numeric">{value.toLocaleString('en-US')}</span>

/** Where the difference lies: from level to level, by month and by unit. A click narrows the lists below. */
export function ReplayBreakdown(props: {
  difference: ReplayDifference
  filter: HitFilter
  onFilter: (filter: HitFilter) => void
}) {
  const { t } = useTranslation()
  const { difference, filter, onFilter } = props
  const { outcome } = filter
  const counts = (['new', 'lost', 'kept'] as const).map((key) => ({
    key,
    dataIndex: key,
    title: t(`replays.outcomes.${key}`),
    align: 'right' as const,
    render: number,
  }))
  return (
    <div className="replay-breakdown">
      <div className="panel">
        <h2>{t('replays.byLevel')}</h2>
        <LevelMatrix cells={difference.levels} />
        <h2>{t('replays.byMonth')}</h2>
        <Months months={difference.months} onMonth={(month) => onFilter({ outcome, month })} />
      </div>
      <div className="panel">
        <h2>{t('replays.byUnit')}</h2>
        <Table<Unit>
          size="small"
          rowKey={({ unitCode }) => unitCode ?? ''}
          dataSource={difference.units}
          pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
          scroll={{ x: 'max-content' }}
          columns={[
            {
              key: 'unit',
              title: t('replays.unit'),
              width: 220,
              render: (_value, { unitCode, unitName }) =>
                unitCode === null ? (
                  t('replays.noUnit')
                ) : (
                  <button
                    type="button"
                    className="link-button"
                    onClick={() => onFilter({ outcome, unit: unitCode })}
                  >
                    {unitName ?? unitCode}
                  </button>
                ),
            },
            ...counts,
          ]}
        />
      </div>
    </div>
  )
}

/** Rows: the level in A; columns: the level in B. What did not change lies on the diagonal. */
function LevelMatrix({ cells }: { cells: ReplayDifference['levels'] }) {
  const { t } = useTranslation()
  const count = (a: string | null, b: string | null) =>
    cells.find(({ levelA, levelB }) => levelA === a && levelB === b)?.count ?? 0
  const head = (level: (typeof levels)[number] | null) =>
    level ? <LevelTag level={level} /> : <span className="muted">{t('replays.noHit')}</span>
  return (
    <table className="level-matrix">
      <thead>
        <tr>
          <th>{t('replays.fromTo')}</th>
          {[...levels, null].map((level) => (
            <th key={level ?? 'none'}>{head(level)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...levels, null].map((a) => (
          <tr key={a ?? 'none'}>
            <th>{head(a)}</th>
            {[...levels, null].map((b) => {
              const value = count(a, b)
              const kind = a === b ? 'same' : a === null ? 'new' : b === null ? 'lost' : 'moved'
              return (
                <td key={b ?? 'none'} className={`numeric ${value > 0 ? kind : 'muted'}`}>
                  {a === null && b === null ? '' : value.toLocaleString('en-US')}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A bar a month on one scale from zero: what is kept below, what is new and lost on top. */
function Months(props: { months: readonly Month[]; onMonth: (month: string) => void }) {
  const { t } = useTranslation()
  const most = Math.max(1, ...props.months.map((month) => month.new + month.lost + month.kept))
  const outcomes = ['kept', 'new', 'lost'] as const
  return (
    <>
      <div className="replay-legend muted">
        {outcomes.map((outcome) => (
          <span key={outcome}>
            <i className={`replay-bar ${outcome}`} /> {t(`replays.outcomes.${outcome}`)}
          </span>
        ))}
      </div>
      {props.months.map((month) => (
        <button
          key={month.month}
          type="button"
          className="replay-month"
          aria-label={t('replays.monthLabel', {
            month: month.month,
            added: month.new,
            lost: month.lost,
            kept: month.kept,
          })}
          onClick={() => props.onMonth(month.month)}
        >
          <span className="numeric">{month.month}</span>
          <span className="replay-bars" aria-hidden>
            {outcomes.map((outcome) => (
              <i
                key={outcome}
                className={`replay-bar ${outcome}`}
                style={{ width: `${(month[outcome] * 100) / most}%` }}
              />
            ))}
          </span>
          <span className="numeric">
            {month.kept.toLocaleString('en-US')}{' '}
            <span className="muted">
              +{month.new} −{month.lost}
            </span>
          </span>
        </button>
      ))}
    </>
  )
}
