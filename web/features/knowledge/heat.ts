import { HeatmapChart } from 'echarts/charts'
import { GridComponent, TooltipComponent, VisualMapComponent } from 'echarts/components'
import { init, use, type EChartsType } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

import type { Heat } from './hot.ts'

use([HeatmapChart, GridComponent, TooltipComponent, VisualMapComponent, SVGRenderer])

/** A heat map in a place on the page. */
export function heatIn(place: HTMLElement): EChartsType {
  return init(place, null, { renderer: 'svg' })
}

/** Draw with the colours of the page as it looks now; the first row stands on top. */
export function draw(chart: EChartsType, heat: Heat, weeks: readonly string[]): void {
  const styles = getComputedStyle(document.documentElement)
  const colour = (name: string) => styles.getPropertyValue(name).trim()
  const size = 13 * (Number(colour('--scale')) || 1)
  const text = { color: colour('--ink-2'), fontSize: size, fontFamily: getComputedStyle(document.body).fontFamily }
  const data = heat.rows.flatMap((row, y) => row.counts.map((count, x) => [x, y, count]))
  chart.setOption(
    {
      animation: false,
      textStyle: text,
      grid: { top: 8, right: 8, bottom: 48, left: 4, containLabel: true },
      tooltip: { backgroundColor: colour('--surface'), borderColor: colour('--line'), textStyle: { ...text, color: colour('--ink') }, formatter: ({ value }: { value: [number, number, number] }) => `${heat.rows[value[1]]?.name ?? ''} ${weeks[value[0]] ?? ''}: ${value[2]}` },
      xAxis: { type: 'category', data: [...weeks], axisLabel: text, splitArea: { show: false } },
      yAxis: { type: 'category', inverse: true, data: heat.rows.map((row) => row.name), axisLabel: { ...text, width: size * 14, overflow: 'truncate' } },
      visualMap: { min: 0, max: Math.max(1, heat.most), orient: 'horizontal', left: 'center', bottom: 0, itemHeight: 160, text: [String(Math.max(1, heat.most)), '0'], textStyle: text, inRange: { color: [colour('--surface'), colour('--primary-soft'), colour('--primary')] } },
      series: [{ type: 'heatmap', data, itemStyle: { borderColor: colour('--line'), borderWidth: 1 } }],
    },
    { notMerge: true },
  )
}
