import { fromField, toField } from './moments.ts'
import { ITEMS, type Item, type Kind } from './items.ts'

/** What the fields of a notice hold: text, flags, and lists of bids. */
export type Draft = Record<string, string | boolean | string[]>
type Content = Record<string, unknown>

/** An empty draft of a kind. */
export function emptyDraft(kind: Kind): Draft {
  return draftOf(kind, {})
}

/** The fields for what a notice says. */
export function draftOf(kind: Kind, content: Content): Draft {
  return Object.fromEntries((ITEMS[kind] ?? []).map((item) => [item.name, fieldOf(item, content[item.name])]))
}

function fieldOf({ sort }: Item, value: unknown): string | boolean | string[] {
  if (sort === 'flag') return value === true
  if (sort === 'candidates' || sort === 'companies') return listOf(value)
  if (sort === 'winner') return bidOf(value)
  if (sort === 'money') return typeof value === 'number' ? (value / 100).toFixed(2) : ''
  const text = typeof value === 'string' ? value : ''
  return sort === 'moment' ? toField(text) : text
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(bidOf).filter(Boolean) : [])

function bidOf(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null && 'bid_id' in value ? String(value.bid_id) : ''
}

/** What a notice says, of what is in its fields; fields that are empty are left out. */
export function contentOf(kind: Kind, draft: Draft): Content {
  const entries = (ITEMS[kind] ?? []).map((item) => [item.name, valueOf(item, draft[item.name])] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

function valueOf({ sort, optional }: Item, field: Draft[string] | undefined): unknown {
  if (sort === 'flag') return field === true || (optional ? undefined : false)
  if (Array.isArray(field)) return valueOfList(sort, field)
  const text = String(field ?? '').trim()
  if (text === '') return undefined
  if (sort === 'moment') return fromField(text)
  return sort === 'money' ? fenOf(text) : text
}

function valueOfList(sort: Item['sort'], ids: string[]): unknown {
  if (ids.length === 0) return undefined
  return sort === 'candidates' ? ids.map((bid, place) => ({ rank: place + 1, bid_id: bid })) : ids
}

/** Fen of an amount in yuan; undefined for what is no amount. */
export function fenOf(text: string): number | undefined {
  if (!/^\d{1,13}(\.\d{1,2})?$/.test(text.replaceAll(',', ''))) return undefined
  return Math.round(Number(text.replaceAll(',', '')) * 100)
}

/** The items that must still be filled in. */
export function missing(kind: Kind, draft: Draft): string[] {
  const content = contentOf(kind, draft)
  return (ITEMS[kind] ?? []).filter(({ name, optional }) => !optional && content[name] === undefined).map(({ name }) => name)
}
