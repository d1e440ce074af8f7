import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { type Level, levelShapes } from '../../../kit/index.ts'
import { monthsWithin, type Period } from './board-period.ts'
import { Chart } from './chart.tsx'
import { type ChartInk, paperInk, stackOption } from './chart-option.ts'
import { ChartPanel } from './chart-panel.tsx'
import { type Figure, rowsAddress } from './figure.ts'

const trendHeight = 280
/** From below to above: the heaviest stands on the zero line, where it is compared best. */
const stacked: readonly { level: Level; icon: 'triangle' | 'diamond' | 'circle' }[] = [
  { level: 'red', icon: 'triangle' },
  { level: 'yellow', icon: 'diamond' },
  { level: 'blue', icon: 'circle' },
]

/** Alerts by month and level. */
export function TrendPanel(props: {
  title: string
  when: string
  asked: { isPending: boolean; isError: boolean; error: unknown; refetch(): unknown }
  figures: readonly Figure[]
  period: Period
}) {
  const { t } = useTranslation()
  const named = props.figures.map((figure) => {
    const [month = '', level = ''] = figure.key.split(' ')
    return { figure, name: `${month} ${levelShapes[level as Level]} ${t(`kit.level.${level}`)}` }
  })
  return (
    <ChartPanel {...props} figures={named} height={trendHeight}>
      <Trend
        figures={props.figures}
        period={props.period}
        title={`${props.title} ${props.when}`}
        height={trendHeight}
      />
    </ChartPanel>
  )
}

export function Trend(props: {
  figures: readonly Figure[]
  period: Period
  /** What each bar stands for, in place of the months of the period. */
  bars?: readonly string[]
  title: string
  height: number
  ink?: ChartInk
  fontSize?: number
}) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { figures, ink = paperInk, fontSize } = props
  const { from, to } = props.period
  const { bars } = props
  const months = useMemo(() => bars ?? monthsWithin({ from, to }), [bars, from, to])
  const at = (level: Level, month: string) => figures.find((figure) => figure.key === `${month} ${level}`)
  const option = useMemo(() => {
    const counted = new Map(figures.map((figure) => [figure.key, figure.count]))
    const stacks = stacked.map(({ level, icon }) => ({
      name: t(`kit.level.${level}`),
      colour: ink[level],
      icon,
      values: months.map((month) => counted.get(`${month} ${level}`) ?? 0),
    }))
    return stackOption(months, stacks, ink, fontSize)
  }, [figures, months, t, ink, fontSize])
  return (
    <Chart
      option={option}
      height={props.height}
      label={props.title}
      onPick={(series, bar) => {
        const figure = at(stacked[series]?.level ?? 'red', months[bar] ?? '')
        if (figure) navigate(rowsAddress(figure.filter))
      }}
    />
  )
}
