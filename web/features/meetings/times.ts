import { dayOf, exactDay, exactTime } from '@suqian/i18n'

/** 12月6日 14:30–16:00, or with both days when it runs over midnight. */ // not a text: an example
export function span(startsAt: string, endsAt: string): string {
  const from = exactTime(startsAt)
  return dayOf(startsAt) === dayOf(endsAt) ? `${from}–${endsAt.slice(11, 16)}` : `${from} – ${exactTime(endsAt)}`
}

/** The day as people write it. */
export function dayText(moment: string): string {
  return exactDay(dayOf(moment))
}

/** The next full hour some hours ahead, as a field of day and time holds it (wall clock of Suqian). */
export function hoursAhead(now: number, hours: number): string {
  const shanghai = new Date(now + (8 + hours) * 3_600_000)
  shanghai.setUTCMinutes(0, 0, 0)
  return shanghai.toISOString().slice(0, 16)
}
