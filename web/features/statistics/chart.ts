import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use, type EChartsType } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

/** One row of numbers; null leaves a gap. */
export interface Series {
  name: string
  values: (number | null)[]
  kind: 'bar' | 'line'
}

/** A chart in a place on the page. */
export function chartIn(place: HTMLElement): EChartsType {
  return init(place, null, { renderer: 'svg' })
}

/** Draw with the colours of the page as it looks now. */
export function draw(chart: EChartsType, labels: string[], series: Series[]): void {
  const styles = getComputedStyle(document.documentElement)
  const colour = (name: string) => styles.getPropertyValue(name).trim()
  const size = 14 * (Number(colour('--scale')) || 1)
  const text = { color: colour('--ink-2'), fontSize: size, fontFamily: getComputedStyle(document.body).fontFamily }
  chart.setOption(
    {
      animation: false,
      color: [colour('--primary'), colour('--ok')],
      textStyle: text,
      legend: { top: 0, textStyle: text },
      grid: { top: size * 3, right: 8, bottom: 4, left: 4, containLabel: true },
      tooltip: { trigger: 'axis', backgroundColor: colour('--surface'), borderColor: colour('--line'), textStyle: { ...text, color: colour('--ink') } },
      xAxis: { type: 'category', data: labels, axisLabel: text, axisLine: { lineStyle: { color: colour('--control') } } },
      yAxis: { type: 'value', axisLabel: text, minInterval: 1, splitLine: { lineStyle: { color: colour('--line') } } },
      series: series.map(({ name, values, kind }) => ({ name, type: kind, data: values, barMaxWidth: 28, symbolSize: 8 })),
    },
    { notMerge: true },
  )
}
