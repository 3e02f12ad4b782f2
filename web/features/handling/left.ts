import type { Tone } from '@suqian/ui'

export interface LeftView {
  tone: Tone
  /** Key of the words below `handling.left`, and the number in them. */
  words: 'overMinutes' | 'overHours' | 'overDays' | 'minutes' | 'hours' | 'days'
  count: number
}
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long there is until a limit ends, in the unit in which one thinks of it. */
export function leftView(due: string, now: number): LeftView {
  const left = Date.parse(due) - now
  const span = Math.abs(left)
  const [words, length] = span < HOUR ? (['Minutes', MINUTE] as const) : span < 2 * DAY ? (['Hours', HOUR] as const) : (['Days', DAY] as const)
  const count = Math.max(1, Math.floor(span / length))
  if (left < 0) return { tone: 'danger', words: `over${words}`, count }
  const plain = words.toLowerCase() as 'minutes' | 'hours' | 'days'
  return { tone: left < HOUR ? 'danger' : left < DAY ? 'notice' : 'active', words: plain, count }
}
