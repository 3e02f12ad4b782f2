import type { SubscriptionBodyRequest } from '@suqian/api-client'
import type { LocationQuery } from 'vue-router'

export const CATEGORIES = ['works', 'goods', 'services', 'land', 'property'] as const
export type Category = (typeof CATEGORIES)[number]
export const REGIONS = ['321302', '321311', '321322', '321323', '321324'] as const
export const STATES = ['planned', 'prequalifying', 'bidding', 'sealed', 'opened', 'candidates', 'awarded', 'contracted', 'failed', 'terminated'] as const
/** Amounts people think in: from and to, in fen. */
export const BANDS: Record<string, readonly [number | null, number | null]> = {
  small: [null, 100_000_000],
  middle: [100_000_000, 1_000_000_000],
  large: [1_000_000_000, 5_000_000_000],
  huge: [5_000_000_000, null],
}
/** Days within which bids are due. */
export const WITHIN = ['3', '7', '15'] as const
const DAY_MS = 86_400_000

/** What somebody looks for; empty means any. It stands in the page's address, so that it can be kept and sent on. */
export interface Search {
  q: string
  category: string
  region: string
  state: string
  band: string
  within: string
}
export const NO_SEARCH: Search = { q: '', category: '', region: '', state: '', band: '', within: '' }

/** A search out of an address; what is not known is left out. */
export function searchIn(query: LocationQuery): Search {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : '')
  const one = (name: string, known: readonly string[]) => (known.includes(text(name)) ? text(name) : '')
  return {
    q: text('q').slice(0, 60),
    category: one('category', CATEGORIES),
    region: one('region', REGIONS),
    state: one('state', STATES),
    band: one('band', Object.keys(BANDS)),
    within: one('within', WITHIN),
  }
}

/** A search as part of an address. */
export function inAddress(search: Search): Record<string, string> {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== ''))
}

/** A search as the server takes it. */
export function asked(search: Search, now: number) {
  const [min, max] = BANDS[search.band] ?? [null, null]
  return {
    ...(search.q.trim() ? { q: search.q.trim() } : {}),
    ...(search.category ? { category: search.category as Category } : {}),
    ...(search.region ? { region: search.region } : {}),
    ...(search.state ? { state: search.state as (typeof STATES)[number] } : {}),
    ...(min === null ? {} : { min_fen: min }),
    ...(max === null ? {} : { max_fen: max }),
    ...(search.within ? { closes_before: new Date(now + Number(search.within) * DAY_MS).toISOString() } : {}),
  }
}

/** How many of the filters are set, the words aside. */
export function filtersSet(search: Search): number {
  return [search.category, search.region, search.state, search.band, search.within].filter(Boolean).length
}

/** A search as a subscription: states and deadlines are of the moment, they do not go along. */
export function asWishes(search: Search): SubscriptionBodyRequest {
  const [min, max] = BANDS[search.band] ?? [null, null]
  return {
    name: '',
    categories: search.category ? [search.category as Category] : [],
    regions: search.region ? [search.region] : [],
    min_fen: min,
    max_fen: max,
    keyword: search.q.trim(),
    pace: 'at_once',
    by_sms: false,
    active: true,
  }
}

/** Yuan in ten thousands as people write them, in fen; null when there is nothing or no number. */
export function fenOf(text: string): number | null {
  const amount = Number(text.replaceAll(/[,，\s]/g, '')) // not a text: separators people type
  return text.trim() === '' || !Number.isFinite(amount) || amount < 0 ? null : Math.round(amount * 1_000_000)
}

/** Fen as ten thousands of yuan. */
export function tenThousands(fen: number | null): string {
  return fen === null ? '' : String(fen / 1_000_000)
}
