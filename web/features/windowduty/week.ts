import type { DutyBodyRequest, RosterShape } from '@suqian/api-client'

export const HALVES = ['am', 'pm'] as const
export type Half = (typeof HALVES)[number]

/** Somebody in a week's roster; `on` holds `day half`. */
export interface Line {
  id: string
  name: string
  shownAs: string
  on: Set<string>
}

const DAY_MS = 24 * 3600 * 1000
const noon = (day: string) => Date.parse(`${day}T12:00:00Z`)
const plus = (day: string, days: number) => new Date(noon(day) + days * DAY_MS).toISOString().slice(0, 10)

/** The seven days of the week of a day, from Monday, so many weeks further. */
export function weekOf(day: string, further = 0): string[] {
  const monday = plus(day, 7 * further - ((new Date(noon(day)).getUTCDay() + 6) % 7))
  return Array.from({ length: 7 }, (_, place) => plus(monday, place))
}

/** A line for everybody who is on duty. */
export function linesOf(roster: RosterShape): Line[] {
  const lines = new Map<string, Line>()
  for (const duty of roster.items) {
    const line = lines.get(duty.person_id) ?? { id: duty.person_id, name: duty.name, shownAs: duty.shown_as, on: new Set<string>() }
    line.on.add(`${duty.day} ${duty.half}`)
    lines.set(line.id, line)
  }
  return [...lines.values()]
}

/** What is written: only days from `first` on, since what was is not written anew. */
export function dutiesOf(lines: readonly Line[], days: readonly string[], first: string): DutyBodyRequest[] {
  return lines.flatMap((line) =>
    days
      .filter((day) => day >= first)
      .flatMap((day) => HALVES.filter((half) => line.on.has(`${day} ${half}`)).map((half) => ({ person_id: line.id, day, half, shown_as: line.shownAs.trim() }))),
  )
}
