import type { Hot } from '@suqian/api-client'

export interface Heat {
  /** Mondays, oldest first. */
  weeks: string[]
  rows: { topic: string; name: string; counts: number[]; sum: number }[]
  most: number
}
const SHOWN = 15
const DAY = 24 * 3600 * 1000

/** Topic × week in an area (everywhere without one), the most asked first. */
export function heatOf(hot: readonly Hot[], weeks: string[], area: string): Heat {
  const within = hot.filter((one) => one.area_code.startsWith(area) && weeks.includes(one.week))
  const topics = new Map<string, Heat['rows'][number]>()
  for (const one of within) {
    const row = topics.get(one.topic) ?? { topic: one.topic, name: one.path, counts: weeks.map(() => 0), sum: 0 }
    const place = weeks.indexOf(one.week)
    row.counts[place] = (row.counts[place] ?? 0) + one.count
    row.sum += one.count
    topics.set(one.topic, row)
  }
  const rows = [...topics.values()].sort((a, b) => b.sum - a.sum || a.topic.localeCompare(b.topic)).slice(0, SHOWN)
  return { weeks, rows, most: Math.max(0, ...rows.flatMap((row) => row.counts)) }
}

/** The Mondays of the last weeks up to a day, oldest first. */
export function mondaysUntil(day: string, count: number): string[] {
  const at = Date.parse(day)
  const monday = at - ((new Date(at).getUTCDay() + 6) % 7) * DAY
  return Array.from({ length: count }, (_, place) => new Date(monday - (count - 1 - place) * 7 * DAY).toISOString().slice(0, 10))
}
