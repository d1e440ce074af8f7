import { Skeleton } from 'antd'
import type { EChartsCoreOption } from 'echarts/core'
import { lazy, Suspense } from 'react'

const ChartCanvas = lazy(() => import('./chart-canvas.tsx').then((m) => ({ default: m.ChartCanvas })))

/** A chart; the library that draws it comes only when the first one is shown. */
export function Chart(props: {
  option: EChartsCoreOption
  height: number
  /** What the chart shows, for those who do not see it; the table behind it holds the numbers. */
  label: string
  onPick: (series: number, bar: number) => void
}) {
  return (
    <Suspense fallback={<Skeleton.Node active style={{ width: '100%', height: props.height }} />}>
      <ChartCanvas {...props} />
    </Suspense>
  )
}
