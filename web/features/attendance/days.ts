import { currentLanguage } from '@suqian/i18n'
import type { AttendanceDayShape } from '@suqian/api-client'

export type Mark = AttendanceDayShape['marks'][number]

const ZONE = 'Asia/Shanghai'
/** What a day looks like when it bears several marks: the first of these. */
const WEIGHT: readonly Mark[] = ['absent', 'late', 'early', 'corrected', 'leave', 'trip', 'outing', 'rest']
const TONES: Partial<Record<Mark, 'bad' | 'note' | 'away' | 'calm'>> = { absent: 'bad', late: 'note', early: 'note', leave: 'away', trip: 'away', outing: 'away', rest: 'calm' }

/** The hour of a moment on Suqian's clock, `08:57`; a dash when there is none. */
export function clockTime(moment: string | null): string {
  if (!moment) return '–'
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return clock.format(new Date(moment))
}

/** The month of a day or moment, `2026-11`. */
export const monthOf = (day: string): string => day.slice(0, 7)

/** The month before (-1) or after (1). */
export function monthBeside(month: string, step: -1 | 1): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const index = year * 12 + number - 1 + step
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
}

/** A month as people say it. */
export function friendlyMonth(month: string): string {
  const tag = currentLanguage() === 'en' ? 'en-GB' : 'zh-CN'
  return new Intl.DateTimeFormat(tag, { timeZone: ZONE, year: 'numeric', month: 'long' }).format(new Date(`${month}-15T12:00:00+08:00`))
}

/** Empty places before the first of a month in a week that begins on Monday. */
export function placesBefore(month: string): number {
  return (new Date(`${month}-01T12:00:00+08:00`).getUTCDay() + 6) % 7
}

/** The mark that matters most on a day, null for a day as it should be. */
export function leading(marks: readonly Mark[]): Mark | null {
  return WEIGHT.find((mark) => marks.includes(mark)) ?? null
}

/** How a day is coloured; words always stand beside it. */
export function toneOf(day: AttendanceDayShape): string {
  const mark = leading(day.marks)
  return mark ? (TONES[mark] ?? 'good') : day.punched_in ? 'good' : ''
}

/** The state by which a chip knows its look; its words come with the data. */
const LOOKS: Record<string, string> = { shown: 'supplement_required', confirmed: 'done', disputed: 'pending_decision', asked: 'in_review', agreed: 'approved', refused: 'denied' }
export const lookOf = (state: string): string => LOOKS[state] ?? 'open'
