import type { CaseFile, Task, Wording } from '@suqian/api-client'
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

import type { WaitingDecision } from './decisions.ts'

export interface KeptFile {
  id: string
  file: CaseFile
  at: number
}
interface KeptPage {
  key: string
  caseId: string
  bytes: ArrayBuffer
  type: string
}
interface Tables extends DBSchema {
  files: { key: string; value: KeptFile; indexes: { at: number } }
  pages: { key: string; value: KeptPage; indexes: { caseId: string } }
  decisions: { key: string; value: WaitingDecision }
  lists: { key: string; value: { key: string; value: unknown; at: number } }
}
const NAME = 'suqian.approval'
const MOST_FILES = 40

/**
 * The files an official has opened, to be read without a network: masked as they were shown, with the materials that
 * were looked at. It belongs to one person and is emptied when that person signs out or somebody else signs in.
 */
export class Archive {
  private opening: Promise<IDBPDatabase<Tables>> | null = null

  async keepFile(file: CaseFile): Promise<void> {
    const db = await this.open()
    await db.put('files', { id: file.id, file: plain(file), at: Date.now() })
    const ids = await db.getAllKeysFromIndex('files', 'at')
    await Promise.all(ids.slice(0, -MOST_FILES).map((id) => this.dropFile(id)))
  }

  async file(id: string): Promise<KeptFile | undefined> {
    return (await this.open()).get('files', id)
  }

  /** Ids of the files that can be read without a network. */
  async fileIds(): Promise<string[]> {
    return (await this.open()).getAllKeys('files')
  }

  async keepPage(caseId: string, materialId: string, blob: Blob): Promise<void> {
    const page = { key: `${caseId}/${materialId}`, caseId, bytes: await blob.arrayBuffer(), type: blob.type }
    await (await this.open()).put('pages', page)
  }

  async page(caseId: string, materialId: string): Promise<Blob | null> {
    const kept = await (await this.open()).get('pages', `${caseId}/${materialId}`)
    return kept ? new Blob([kept.bytes], { type: kept.type }) : null
  }

  async keepList(key: 'tasks' | 'wordings', value: Task[] | Wording[]): Promise<void> {
    await (await this.open()).put('lists', { key, value: plain(value), at: Date.now() })
  }

  async list<Row>(key: 'tasks' | 'wordings'): Promise<{ rows: Row[]; at: number } | null> {
    const kept = await (await this.open()).get('lists', key)
    return kept ? { rows: kept.value as Row[], at: kept.at } : null
  }

  async putDecision(decision: WaitingDecision): Promise<void> {
    await (await this.open()).put('decisions', plain(decision))
  }

  async dropDecision(id: string): Promise<void> {
    await (await this.open()).delete('decisions', id)
  }

  async decisions(): Promise<WaitingDecision[]> {
    return (await (await this.open()).getAll('decisions')).sort((one, other) => one.at - other.at)
  }

  /** Say whose it is; what somebody else left is deleted. */
  async belongTo(person: string): Promise<void> {
    const db = await this.open()
    const owner = await db.get('lists', 'owner')
    if (owner && owner.value !== person) await this.clear()
    await db.put('lists', { key: 'owner', value: person, at: Date.now() })
  }

  async clear(): Promise<void> {
    const db = await this.open()
    await Promise.all((['files', 'pages', 'decisions', 'lists'] as const).map((name) => db.clear(name)))
  }

  private async dropFile(id: string): Promise<void> {
    const db = await this.open()
    await db.delete('files', id)
    const pages = await db.getAllKeysFromIndex('pages', 'caseId', id)
    await Promise.all(pages.map((key) => db.delete('pages', key)))
  }

  private open(): Promise<IDBPDatabase<Tables>> {
    this.opening ??= openDB<Tables>(NAME, 1, {
      upgrade(db) {
        db.createObjectStore('files', { keyPath: 'id' }).createIndex('at', 'at')
        db.createObjectStore('pages', { keyPath: 'key' }).createIndex('caseId', 'caseId')
        db.createObjectStore('decisions', { keyPath: 'id' })
        db.createObjectStore('lists', { keyPath: 'key' })
      },
    })
    return this.opening
  }
}

export const archive = new Archive()

/** Without the proxies of reactive state, which cannot be stored. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}
