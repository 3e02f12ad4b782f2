import type { Database } from './db.ts'

/** The name under which something of a person is kept; it goes when the person signs out. */
export function privately(person: string, name: string): string {
  return `${person}/${name}`
}

/** Forget everything of a person on this device. */
export async function forgetPerson(db: Database, person: string): Promise<void> {
  const transaction = db.transaction(['drafts', 'outbox', 'kept', 'notes'], 'readwrite')
  const drafts = transaction.objectStore('drafts')
  const outbox = transaction.objectStore('outbox')
  for (const key of await drafts.index('person').getAllKeys(person)) await drafts.delete(key)
  for (const key of await outbox.index('person').getAllKeys(person)) await outbox.delete(key)
  const notes = transaction.objectStore('notes')
  for (const key of await notes.index('person').getAllKeys(person)) await notes.delete(key)
  await transaction.objectStore('kept').delete(IDBKeyRange.bound(`${person}/`, `${person}0`, false, true))
  await transaction.done
}
