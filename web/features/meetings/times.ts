import { dayOf, friendlyDay } from '@suqian/i18n'

/** 12月6日 14:30–16:00, or with both days when it runs over midnight. */ // not a text: an example
export function span(startsAt: string, endsAt: string): string {
  const from = moment(startsAt)
  return dayOf(startsAt) === dayOf(endsAt) ? `${from}–${endsAt.slice(11, 16)}` : `${from} – ${moment(endsAt)}`
}

/** Day, weekday and time. */
export function moment(at: string): string {
  return `${friendlyDay(dayOf(at))} ${at.slice(11, 16)}`
}

/** The next full hour some hours ahead, as a field of day and time holds it (wall clock of Suqian). */
export function hoursAhead(now: number, hours: number): string {
  const shanghai = new Date(now + (8 + hours) * 3_600_000)
  shanghai.setUTCMinutes(0, 0, 0)
  return shanghai.toISOString().slice(0, 16)
}
