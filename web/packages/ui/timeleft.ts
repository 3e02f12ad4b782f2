import type { Deadline } from '@suqian/api-client'

import type { Tone } from './states.ts'

/** What is known of a limit: a whole deadline, or a row of a list. */
export interface TimeLeftInput {
  due_on: string | null
  /** Days left in the unit, negative when overdue; null when nobody counted. */
  remaining?: number | null
  overdue?: boolean
  unit?: string
  /** All days there were, to draw how many are gone. */
  limit?: number
  state?: string
}

export interface TimeLeftView {
  tone: Tone
  /** Part of the time that is left, 0 to 1; null when it cannot be said. */
  left: number | null
  /** Key of the words under `ui.time`, and the number in them. */
  words: 'none' | 'paused' | 'closed' | 'overdue' | 'today' | 'left' | 'by'
  count: number
  unit: 'wd' | 'cd'
}

const SOON = 2
const SOON_PART = 0.25

/** How a limit looks and what it says. */
export function timeLeft(input: TimeLeftInput): TimeLeftView {
  const unit = input.unit === 'cd' ? 'cd' : 'wd'
  const remaining = input.remaining ?? null
  const view = (words: TimeLeftView['words'], tone: Tone): TimeLeftView => {
    return { words, tone, unit, count: Math.abs(remaining ?? 0), left: partLeft(input) }
  }
  if (!input.due_on) return view('none', 'calm')
  if (input.state === 'closed') return view('closed', 'ok')
  if (input.overdue) return view('overdue', 'danger')
  if (input.state === 'paused') return view('paused', 'notice')
  if (remaining === null) return view('by', 'active')
  if (remaining <= 0) return view('today', 'danger')
  return view('left', isSoon(remaining, input.limit) ? 'notice' : 'active')
}

function isSoon(remaining: number, limit: number | undefined): boolean {
  return remaining <= SOON || (limit !== undefined && limit > 0 && remaining / limit <= SOON_PART)
}

function partLeft({ remaining, limit, overdue }: TimeLeftInput): number | null {
  if (overdue) return 0
  if (remaining === null || remaining === undefined || !limit) return null
  return Math.max(0, Math.min(1, remaining / limit))
}

/** A stretch of days that count or do not count for one reason. */
export interface Stretch {
  from: string
  to: string
  counted: boolean
  reason: string
  days: number
}

/** The days of a reckoning, put together where they follow each other for the same reason. */
export function stretches(days: Deadline['days']): Stretch[] {
  const found: Stretch[] = []
  for (const { day, counted, reason } of days) {
    const last = found.at(-1)
    if (last && last.reason === reason && last.counted === counted) {
      last.to = day
      last.days += 1
    } else {
      found.push({ from: day, to: day, counted, reason, days: 1 })
    }
  }
  return found
}
