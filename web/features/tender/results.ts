/** A bidder as a result names it. */
export interface Entry {
  rank: number
  name: string
  price: number | null
}
export interface Contract {
  amount: number
  signed: string
  from: string
  to: string
}
type Loose = Record<string, unknown>

/** One bidder of a result; null when nobody is named. */
export function entryOf(found: Loose | null): Entry | null {
  if (!found || typeof found.name !== 'string') return null
  const { rank, name, price_fen: price } = found
  return { rank: Number(rank) || 0, name, price: typeof price === 'number' ? price : null }
}

/** The bidders of a result, by rank. */
export function entriesOf(found: readonly unknown[]): Entry[] {
  const entries = found.map((one) => entryOf(one as Loose)).filter((one) => one !== null)
  return entries.sort((one, other) => one.rank - other.rank)
}

/** A contract; null when none was signed. */
export function contractOf(found: Loose | null): Contract | null {
  if (!found || typeof found.signed_on !== 'string') return null
  return { amount: Number(found.amount_fen) || 0, signed: found.signed_on, from: String(found.period_start), to: String(found.period_end) }
}
