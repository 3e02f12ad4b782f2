import type { Database } from './db.ts'

/** Something being written on this device that the server does not know of yet, of any feature. */
export interface Note {
  id: string
  person: string
  /** Which feature's it is. */
  kind: string
  changedAt: number
}

/** Keep a note as it is now. Files and blobs in it are kept with it. */
export async function keepNote(db: Database, note: Note): Promise<void> {
  await db.put('notes', note)
}

/** A note by its id; null when it is gone or another person's. */
export async function findNote<N extends Note>(db: Database, person: string, id: string): Promise<N | null> {
  const found = await db.get('notes', id)
  return found?.person === person ? (found as N) : null
}

/** The notes of a kind that a person has here, last changed first. */
export async function notesOf<N extends Note>(db: Database, person: string, kind: string): Promise<N[]> {
  const found = await db.getAllFromIndex('notes', 'person', person)
  return found.filter((note) => note.kind === kind).sort((one, other) => other.changedAt - one.changedAt) as N[]
}

/** Change a note as it is kept now; nothing happens when it is gone. */
export async function changeNote<N extends Note>(db: Database, id: string, change: (note: N) => N): Promise<void> {
  const transaction = db.transaction('notes', 'readwrite')
  const note = await transaction.store.get(id)
  if (note) await transaction.store.put(change(note as N))
  await transaction.done
}

/** Forget a note. */
export async function dropNote(db: Database, id: string): Promise<void> {
  await db.delete('notes', id)
}
