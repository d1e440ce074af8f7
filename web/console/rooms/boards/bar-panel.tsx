import { type ReactNode, useMemo } from 'react'
import { useNavigate } from 'react-router'
import { Chart } from './chart.tsx'
import { barOption, type ChartInk, paperInk } from './chart-option.ts'
import { ChartPanel } from './chart-panel.tsx'
import { type NamedFigure, rowsAddress } from './figure.ts'

const barHeight = 26
const least = 72
const heightOf = (bars: number, each = barHeight) => Math.max(least, bars * each + 8)

/** Figures as lying bars, each of which leads to its rows. */
export function BarPanel(props: {
  title: string
  when: string
  asked: { isPending: boolean; isError: boolean; error: unknown; refetch(): unknown }
  figures: readonly NamedFigure[]
  /** The colour of each bar, where it says something. */
  colours?: readonly string[]
  head?: ReactNode
}) {
  const height = heightOf(props.figures.length)
  return (
    <ChartPanel {...props} height={height}>
      <Bars figures={props.figures} title={`${props.title} ${props.when}`} colours={props.colours} />
    </ChartPanel>
  )
}

export function Bars(props: {
  figures: readonly NamedFigure[]
  title: string
  colours?: readonly string[] | undefined
  ink?: ChartInk
  fontSize?: number
  /** Height of a bar with its distance to the next, pixels. */
  barHeight?: number
}) {
  const navigate = useNavigate()
  const { figures, colours, ink = paperInk, fontSize } = props
  const option = useMemo(
    () =>
      barOption(
        figures.map(({ figure, name }, index) => ({
          name,
          value: figure.count,
          ...(colours?.[index] ? { colour: colours[index] } : {}),
        })),
        ink,
        fontSize,
      ),
    [figures, colours, ink, fontSize],
  )
  return (
    <Chart
      option={option}
      height={heightOf(figures.length, props.barHeight)}
      label={props.title}
      onPick={(_series, bar) => figures[bar] && navigate(rowsAddress(figures[bar].figure.filter))}
    />
  )
}
