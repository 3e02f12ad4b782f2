/** What is known of a to-do's time. */
export interface Timed {
  due_on: string | null
  remaining: number | null
  overdue: boolean
}
export type Urgency = 'overdue' | 'today' | 'soon' | 'later' | 'none'
export const URGENCIES: readonly Urgency[] = ['overdue', 'today', 'soon', 'later', 'none']
const SOON = 3

/** How pressing something is. */
export function urgencyOf({ due_on, remaining, overdue }: Timed): Urgency {
  if (due_on === null) return 'none'
  if (overdue) return 'overdue'
  if (remaining === null) return 'later'
  if (remaining <= 0) return 'today'
  return remaining <= SOON ? 'soon' : 'later'
}

export interface Group<Row extends Timed> {
  urgency: Urgency
  rows: Row[]
}

/** Rows put together by how pressing they are, the most pressing first; their order within stays. */
export function grouped<Row extends Timed>(rows: readonly Row[]): Group<Row>[] {
  return URGENCIES.map((urgency) => ({ urgency, rows: rows.filter((row) => urgencyOf(row) === urgency) })).filter(
    (group) => group.rows.length > 0,
  )
}

/** How many of each. */
export function counted(rows: readonly Timed[]): Record<Urgency, number> {
  const sums: Record<Urgency, number> = { overdue: 0, today: 0, soon: 0, later: 0, none: 0 }
  rows.forEach((row) => (sums[urgencyOf(row)] += 1))
  return sums
}

/** The digits a person typed to find a number by its end; null while they are too few to search. */
export function searchedDigits(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/\D/g, '').slice(-20)
  return digits.length >= 3 ? digits : null
}
