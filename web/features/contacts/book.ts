import { answer, type ContactChangeShape } from '@suqian/api-client'
import { database, seal, unseal } from '@suqian/offline'
import { useApi } from '@suqian/session'

/** A colleague as kept on this device; mobile numbers are never among it. */
export type Leaf = Omit<ContactChangeShape, 'has_left'>

/** The colleagues of one's own branch, kept encrypted to be found without a network. */
export interface Book {
  since: number
  scope: string
  at: number
  rows: Leaf[]
}

const NAME = 'contacts'
const EMPTY: Book = { since: 0, scope: '', at: 0, rows: [] }
const ROUNDS = 50

/** What this device keeps; null when there is nothing yet. */
export async function keptBook(person: string): Promise<Book | null> {
  return unseal<Book>(await database(), person, NAME)
}

/** Ask for what changed since the last time and keep it. Throws what the server or the network says. */
export async function renewBook(person: string): Promise<Book> {
  let book = (await keptBook(person)) ?? EMPTY
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = await answer(useApi().GET('/api/v1/contacts/changes', { params: { query: { since: book.since } } }))
    if (book.scope && found.scope !== book.scope) {
      book = { ...EMPTY, scope: found.scope }
      continue
    }
    book = { since: found.since, scope: found.scope, at: Date.now(), rows: changed(book.rows, found.items) }
    if (found.items.length === 0) break
  }
  await seal(await database(), person, NAME, book)
  return book
}

/** The rows after some of them changed, came or left; by name. */
export function changed(rows: readonly Leaf[], items: readonly ContactChangeShape[]): Leaf[] {
  const all = new Map(rows.map((row) => [row.id, row]))
  for (const { has_left: hasLeft, ...row } of items) {
    if (hasLeft) all.delete(row.id)
    else all.set(row.id, row)
  }
  return [...all.values()].sort((one, other) => one.name.localeCompare(other.name, 'zh-Hans'))
}

/** Who fits some words, as the server looks: name, pinyin and initials, post or unit; without words everybody of a unit. */
export function found(book: Book, words: string, unitId: string | undefined): Leaf[] {
  const parts = words.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (parts.length === 0) return book.rows.filter((row) => !unitId || row.unit_id === unitId)
  return book.rows.filter((row) => {
    const text = [row.name, row.spoken, row.post, row.unit_name, row.office_phone, row.short_number].join(' ').toLowerCase()
    return parts.every((part) => text.includes(part))
  })
}
