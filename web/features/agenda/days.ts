import { dayOf } from '@suqian/i18n'

const DAY_MS = 86_400_000

/** A day some days later, as YYYY-MM-DD. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10)
}

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
  return addDays(day, -weekday)
}

/** The seven days of a day's week. */
export function weekOf(day: string): string[] {
  return Array.from({ length: 7 }, (_, count) => addDays(mondayOf(day), count))
}

/** Whether something touches a day; what ends at midnight does not touch the day that begins then. */
export function onDay(entry: { starts_at: string; ends_at: string }, day: string): boolean {
  const from = Date.parse(`${day}T00:00:00+08:00`)
  const starts = Date.parse(entry.starts_at)
  const ends = Date.parse(entry.ends_at)
  return starts < from + DAY_MS && (ends > from || dayOf(entry.starts_at) === day)
}
