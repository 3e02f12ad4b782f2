/** A candidate as the section names it. */
export interface Candidate {
  rank: number
  bid: string
  name: string
  price: number | null
}

/** The candidates on display, in their order. */
export function candidatesOf(found: readonly Record<string, unknown>[]): Candidate[] {
  const all = found.map((one) => ({
    rank: Number(one.rank ?? 0),
    bid: String(one.bid_id ?? ''),
    name: String(one.name ?? ''),
    price: typeof one.price_fen === 'number' ? one.price_fen : null,
  }))
  return all.sort((one, other) => one.rank - other.rank)
}
