import type { Tone } from '@suqian/ui'

export interface DueView {
  tone: Tone
  /** Key of the words below `hotline.due`, and the number in them. */
  words: 'none' | 'overMinutes' | 'overHours' | 'overDays' | 'minutes' | 'hours' | 'days'
  count: number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const SOON = 4 * HOUR

/** How long there is until a limit ends, in the unit in which a desk thinks. */
export function dueView(due: string | null, now: number): DueView {
  if (!due) return { tone: 'calm', words: 'none', count: 0 }
  const left = Date.parse(due) - now
  if (left < 0) return { tone: 'danger', ...spoken(-left, ['overMinutes', 'overHours', 'overDays']) }
  return { tone: left < HOUR ? 'danger' : left < SOON ? 'notice' : 'active', ...spoken(left, ['minutes', 'hours', 'days']) }
}

function spoken<W>(span: number, [minutes, hours, days]: [W, W, W]): { words: W; count: number } {
  if (span < HOUR) return { words: minutes, count: Math.max(1, Math.floor(span / MINUTE)) }
  if (span < 2 * DAY) return { words: hours, count: Math.floor(span / HOUR) }
  return { words: days, count: Math.floor(span / DAY) }
}

/** Seconds as a clock shows them: 75 is 1:15. */
export function clockOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
