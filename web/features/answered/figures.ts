import type { InquiryStatistics } from '@suqian/api-client'

/** A share with what it is a share of; null where nothing was counted, which is no share of zero. */
export interface Share {
  name: string
  part: number
  whole: number
  percent: number | null
}

function share(name: string, part: number, whole: number): Share {
  return { name, part, whole, percent: whole > 0 ? Math.round((part / whole) * 1000) / 10 : null }
}

/** The shares people ask for: what units say, and, apart from it, what citizens say. */
export function sharesOf(figures: InquiryStatistics): Share[] {
  return [
    share('unitDone', figures.unit_done, figures.received),
    share('solved', figures.citizen_solved, figures.heard),
    share('satisfied', figures.citizen_satisfied, figures.heard),
    share('contacted', figures.contacted, figures.contacted_asked),
  ]
}

/** Days back from today, first and last day of the period. */
export function period(days: number, today: string): { from: string; to: string } {
  const begin = new Date(`${today}T12:00:00+08:00`)
  begin.setDate(begin.getDate() - days)
  return { from: begin.toISOString().slice(0, 10), to: today }
}
