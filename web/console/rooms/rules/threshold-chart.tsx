import { useQuery } from '@tanstack/react-query'
import { Button, Slider, Spin } from 'antd'
import { type PointerEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState, groupedYuan } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import type { RuleDetail } from './rule.ts'

type Distribution = components['schemas']['ThresholdDistribution']

const width = 560
const height = 180
const margin = { left: 36, right: 30, top: 16, bottom: 24 }

/**
 * The past year's amounts about the rule's main threshold. The line is dragged, or moved by keys, and says how many hits
 * would be gained and lost; the server has counted every step, so the numbers are exact.
 */
export function ThresholdChart(props: { rule: RuleDetail; onPropose?: (value: string) => void }) {
  const { t } = useTranslation()
  const { rule } = props
  const distribution = useQuery({
    queryKey: ['rules', 'distribution', rule.code, rule.version],
    queryFn: () =>
      answered<Distribution>(
        client.GET('/api/v1/rules/{code}/distribution', { params: { path: { code: rule.code } } }),
      ),
    staleTime: 300_000,
  })
  const parameter = rule.parameters.find(({ name }) => name === rule.threshold)
  return (
    <div className="panel">
      <h2>{t('rules.amounts')}</h2>
      {distribution.isPending ? <Spin /> : null}
      {distribution.isError ? (
        <ErrorState error={distribution.error} retry={() => void distribution.refetch()} />
      ) : null}
      {distribution.data && parameter ? (
        <Chart
          distribution={distribution.data}
          title={inLanguage(parameter.title)}
          {...(props.onPropose ? { onPropose: props.onPropose } : {})}
        />
      ) : null}
    </div>
  )
}

interface Bar {
  readonly place: number
  readonly threshold: string
  /** Hits between this threshold and the next stricter one. */
  readonly count: number
  readonly hits: number
}

function Chart(props: { distribution: Distribution; title: string; onPropose?: (value: string) => void }) {
  const { t } = useTranslation()
  const { distribution, title, onPropose } = props
  const bars = shownBars(distribution)
  const present = bars.findIndex(({ threshold }) => threshold === distribution.value)
  const [chosen, setChosen] = useState(present)
  const now = bars[present]?.hits ?? 0
  const then = bars[chosen]?.hits ?? 0
  const value = bars[chosen]?.threshold ?? distribution.value
  if (Math.max(...distribution.hits) === 0) {
    return <p className="muted">{t('rules.noAmounts', { from: distribution.from, to: distribution.to })}</p>
  }
  return (
    <>
      <p className="muted">
        {t('rules.amountsOf', {
          from: distribution.from,
          to: distribution.to,
          condition: t(`rules.holds.${distribution.holds}`, { title }),
        })}
      </p>
      <Histogram
        bars={bars}
        shift={distribution.holds === 'below' ? -1 : 0}
        present={present}
        chosen={chosen}
        onChoose={setChosen}
      />
      <Slider
        min={0}
        max={bars.length - 1}
        value={chosen}
        onChange={setChosen}
        ariaLabelForHandle={title}
        tooltip={{ formatter: (place) => groupedYuan(bars[place ?? 0]?.threshold ?? '0') }}
        style={{ margin: `4px ${(margin.right / width) * 100}% 8px ${(margin.left / width) * 100}%` }}
      />
      <p aria-live="polite" className="chart-said">
        {t('rules.presentHits', { value: groupedYuan(distribution.value), count: now })}
        {chosen === present ? (
          <span className="muted"> {t('rules.dragHint')}</span>
        ) : (
          <>
            {' '}
            <b>{t('rules.chosenHits', { value: groupedYuan(value), count: then })}</b>{' '}
            {t(then >= now ? 'rules.gained' : 'rules.lost', { count: Math.abs(then - now) })}
          </>
        )}{' '}
        {distribution.others > 0 ? (
          <span className="muted">{t('rules.othersStay', { count: distribution.others })}</span>
        ) : null}
      </p>
      {onPropose && chosen !== present ? (
        <Button onClick={() => onPropose(value)}>{t('rules.proposeValue')}</Button>
      ) : null}
      <details className="no-print">
        <summary>{t('rules.asTable')}</summary>
        <table className="plain-table">
          <thead>
            <tr>
              <th>{title}</th>
              <th>{t('rules.hits')}</th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ threshold, hits }) => (
              <tr key={threshold}>
                <td className="numeric">{groupedYuan(threshold)}</td>
                <td className="numeric">{hits}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  )
}

/** The bars with something in them, two empty ones on either side, and the threshold in force in any case. */
function shownBars({ thresholds, hits, holds, value }: Distribution): Bar[] {
  const bars = thresholds.map((threshold, place) => {
    const own = hits[place] ?? 0
    const stricter = hits[holds === 'below' ? place - 1 : place + 1] ?? 0
    return { place, threshold, hits: own, count: own - stricter }
  })
  const kept = bars.filter(({ count, threshold }) => count > 0 || threshold === value)
  const first = Math.max(0, (kept[0]?.place ?? 0) - 2)
  const last = Math.min(bars.length - 1, (kept.at(-1)?.place ?? 0) + 2)
  return bars.slice(first, last + 1)
}

function Histogram(props: {
  bars: readonly Bar[]
  /** Where a bar's amounts lie: from its own threshold to the next, or from the one before to its own. */
  shift: 0 | -1
  present: number
  chosen: number
  onChoose: (place: number) => void
}) {
  const { bars, shift, present, chosen, onChoose } = props
  const [dragging, setDragging] = useState(false)
  const step = (width - margin.left - margin.right) / Math.max(1, bars.length - 1)
  const most = Math.max(1, ...bars.map(({ count }) => count))
  const inner = height - margin.top - margin.bottom
  const xOf = (place: number) => margin.left + place * step
  const choose = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const at = ((event.clientX - box.left) / box.width) * width
    onChoose(Math.min(bars.length - 1, Math.max(0, Math.round((at - margin.left) / step))))
  }
  const every = Math.ceil(bars.length / 6)
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      className="histogram"
      aria-hidden
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setDragging(true)
        choose(event)
      }}
      onPointerMove={(event) => (dragging ? choose(event) : undefined)}
      onPointerUp={() => setDragging(false)}
    >
      <text x={margin.left - 6} y={margin.top + 4} textAnchor="end">
        {most}
      </text>
      <text x={margin.left - 6} y={height - margin.bottom} textAnchor="end">
        0
      </text>
      <line x1={margin.left} x2={width} y1={height - margin.bottom} y2={height - margin.bottom} />
      {bars.map(({ count, threshold }, place) => (
        <g key={threshold}>
          <rect
            x={xOf(place + shift) + 1}
            width={Math.max(1, step - 2)}
            y={height - margin.bottom - (count / most) * inner}
            height={(count / most) * inner}
            className={between(place + shift, present, chosen) ? 'touched' : ''}
          />
          {place % every === 0 ? (
            <text x={xOf(place)} y={height - 8} textAnchor="middle">
              {groupedYuan(threshold).replace(/\.00$/, '')}
            </text>
          ) : null}
        </g>
      ))}
      <line
        className="present"
        x1={xOf(present)}
        x2={xOf(present)}
        y1={margin.top}
        y2={height - margin.bottom}
      />
      <line className="chosen" x1={xOf(chosen)} x2={xOf(chosen)} y1={2} y2={height - margin.bottom} />
      <circle className="chosen" cx={xOf(chosen)} cy={6} r={5} />
    </svg>
  )
}

/** Whether a bar lies between the threshold in force and the one chosen: its hits are what is gained or lost. */
function between(place: number, present: number, chosen: number): boolean {
  return place >= Math.min(present, chosen) && place < Math.max(present, chosen)
}
