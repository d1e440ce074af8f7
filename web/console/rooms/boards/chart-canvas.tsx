import { BarChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

use([BarChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

/** Draws a chart into its box and follows the box's size. Loaded only where a chart is shown. */
export function ChartCanvas(props: {
  option: EChartsCoreOption
  height: number
  label: string
  onPick: (series: number, bar: number) => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const picked = useRef(props.onPick)
  picked.current = props.onPick
  useEffect(() => {
    const element = box.current as HTMLDivElement
    const chart = init(element, undefined, { renderer: 'svg' })
    chart.setOption(props.option)
    chart.on('click', (event) => picked.current(event.seriesIndex ?? 0, event.dataIndex))
    const watcher = new ResizeObserver(() => chart.resize())
    watcher.observe(element)
    return () => {
      watcher.disconnect()
      chart.dispose()
    }
  }, [props.option])
  return <div ref={box} role="img" aria-label={props.label} style={{ width: '100%', height: props.height }} />
}
