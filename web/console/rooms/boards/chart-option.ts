import type { EChartsCoreOption } from 'echarts/core'
import { colours, fontFamily } from '../../../kit/index.ts'

/** What a chart is drawn in: on paper, or on the dark ground of the wall. */
export interface ChartInk {
  readonly text: string
  readonly secondary: string
  readonly line: string
  readonly bar: string
  readonly red: string
  readonly yellow: string
  readonly blue: string
}

export const paperInk: ChartInk = {
  text: colours.text,
  secondary: colours.secondary,
  line: colours.line,
  bar: colours.primary,
  red: colours.red,
  yellow: '#C98A1B',
  blue: colours.blue,
}

export const wallInk: ChartInk = {
  text: '#D7E5E8',
  secondary: '#9DB4BA',
  line: '#22404A',
  bar: '#5FB3BF',
  red: '#FF8A7A',
  yellow: '#FFC766',
  blue: '#8FB8FF',
}

export interface Bar {
  readonly name: string
  readonly value: number
  readonly colour?: string
}

const cutTo = (longest: number) => (name: string) =>
  name.length > longest ? `${name.slice(0, longest)}…` : name
/** A box narrower than this many pixels has room for so many characters of a name only. */
const narrow = { width: 420, longest: 9 }
const wideLongest = 18

const ground = (ink: ChartInk, fontSize: number) => ({
  animation: false,
  textStyle: { fontFamily, fontSize, color: ink.text },
})

const countAxis = (ink: ChartInk, fontSize: number) => ({
  type: 'value' as const,
  min: 0,
  minInterval: 1,
  splitLine: { lineStyle: { color: ink.line } },
  axisLabel: { color: ink.secondary, fontSize },
})

/** Lying bars from the top, each with its number at its end; they begin at zero. */
export function barOption(bars: readonly Bar[], ink: ChartInk, fontSize = 13): EChartsCoreOption {
  const baseOption = {
    ...ground(ink, fontSize),
    grid: { left: 4, right: 48, top: 4, bottom: 4, outerBoundsMode: 'same' },
    xAxis: { ...countAxis(ink, fontSize), show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map((bar) => bar.name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: ink.line } },
      axisLabel: { color: ink.text, fontSize, formatter: cutTo(wideLongest) },
    },
    tooltip: { trigger: 'item', confine: true },
    series: [
      {
        type: 'bar',
        barMaxWidth: 22,
        cursor: 'pointer',
        emphasis: { disabled: true },
        data: bars.map((bar) => ({ value: bar.value, itemStyle: { color: bar.colour ?? ink.bar } })),
        label: { show: true, position: 'right', color: ink.text, fontFamily, fontSize },
      },
    ],
  }
  const cut = { yAxis: { axisLabel: { formatter: cutTo(narrow.longest) } } }
  return { baseOption, media: [{ query: { maxWidth: narrow.width }, option: cut }, { option: {} }] }
}

export interface Stack {
  readonly name: string
  readonly colour: string
  readonly icon: 'triangle' | 'diamond' | 'circle'
  readonly values: readonly number[]
}

/** Standing bars by month, the levels upon each other, named above by shape and word. */
export function stackOption(
  months: readonly string[],
  stacks: readonly Stack[],
  ink: ChartInk,
  fontSize = 13,
): EChartsCoreOption {
  return {
    ...ground(ink, fontSize),
    grid: { left: 8, right: 8, top: 36, bottom: 4, outerBoundsMode: 'same' },
    legend: {
      top: 0,
      left: 0,
      selectedMode: false,
      itemWidth: 14,
      itemGap: 20,
      data: stacks.map(({ name, icon }) => ({ name, icon })),
      textStyle: { color: ink.text, fontFamily, fontSize },
    },
    xAxis: {
      type: 'category',
      data: [...months],
      axisTick: { show: false },
      axisLine: { lineStyle: { color: ink.line } },
      axisLabel: { color: ink.secondary, fontSize },
    },
    yAxis: countAxis(ink, fontSize),
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, confine: true },
    series: stacks.map((stack) => ({
      type: 'bar',
      name: stack.name,
      stack: 'level',
      barMaxWidth: 48,
      cursor: 'pointer',
      emphasis: { disabled: true },
      itemStyle: { color: stack.colour },
      data: [...stack.values],
    })),
  }
}
