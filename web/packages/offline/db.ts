import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

import type { Draft } from './drafts.ts'
import type { Entry } from './entry.ts'
import type { Note } from './notes.ts'

interface Kept {
  key: string
  value: unknown
  at: number
}

interface Tables extends DBSchema {
  drafts: { key: string; value: Draft; indexes: { person: string; caseId: string } }
  outbox: { key: number; value: Entry; indexes: { person: string } }
  kept: { key: string; value: Kept }
  notes: { key: string; value: Note; indexes: { person: string } }
}

export type Database = IDBPDatabase<Tables>

const NAME = 'suqian.offline'
const VERSION = 2

/** What this browser keeps between visits: drafts, what waits to be sent, and pages to be read without a network. */
export function openDatabase(name = NAME): Promise<Database> {
  return openDB<Tables>(name, VERSION, {
    upgrade(db, before) {
      if (before < 2) db.createObjectStore('notes', { keyPath: 'id' }).createIndex('person', 'person')
      if (before >= 1) return
      const drafts = db.createObjectStore('drafts', { keyPath: 'id' })
      drafts.createIndex('person', 'person')
      drafts.createIndex('caseId', 'caseId')
      db.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true }).createIndex('person', 'person')
      db.createObjectStore('kept', { keyPath: 'key' })
    },
    blocking: (_before, _after, event) => (event.target as IDBDatabase).close(),
  })
}

let shared: Promise<Database> | null = null

/** The one database of this page. */
export function database(): Promise<Database> {
  shared ??= openDatabase()
  return shared
}
