import type { Database } from './db.ts'

type Form = Record<string, unknown>

/** A file the server has for an application. */
export interface DraftFile {
  id: string
  material: string
  filename: string
  media_type: string
  size: number
}

/** An application being filled in on this device; it may not have reached the server yet. */
export interface Draft {
  id: string
  person: string
  powerId: string
  powerName: string
  organisationName: string
  applicant: { kind: 'person' | 'legal_person'; legal_person_id: string | null }
  form: Form
  /** The answers as the server had them last. */
  base: Form
  /** Empty until the server knows of it. */
  caseId: string
  etag: string
  files: DraftFile[]
  /** What the agency asked to be added; empty before it is handed in. */
  asked: string[]
  /** Where one left off: name of the step. */
  step: string
  changedAt: number
}

/** A draft by its own id or by that of its case. */
export async function findDraft(db: Database, person: string, id: string): Promise<Draft | null> {
  const found = (await db.get('drafts', id)) ?? (await db.getFromIndex('drafts', 'caseId', id))
  return found?.person === person ? found : null
}

/** The drafts of a person on this device, last changed first. */
export async function draftsOf(db: Database, person: string): Promise<Draft[]> {
  const drafts = await db.getAllFromIndex('drafts', 'person', person)
  return drafts.sort((one, other) => other.changedAt - one.changedAt)
}

/** Change a draft as it is kept now; nothing happens when it is gone. Returns the changed one. */
export async function changeDraft(db: Database, id: string, change: (draft: Draft) => Draft): Promise<Draft | null> {
  const transaction = db.transaction('drafts', 'readwrite')
  const draft = await transaction.store.get(id)
  const next = draft ? change(draft) : null
  if (next) await transaction.store.put(next)
  await transaction.done
  return next
}

/**
 * Answers of two devices in one: what was changed here since `base` stays, all else is what the server has.
 */
export function merged(base: Form, mine: Form, theirs: Form): Form {
  const result: Form = { ...theirs }
  for (const name of new Set([...Object.keys(base), ...Object.keys(mine)])) {
    if (same(base[name], mine[name])) continue
    if (mine[name] === undefined) Reflect.deleteProperty(result, name)
    else result[name] = mine[name]
  }
  return result
}

/** Whether two answers, or two forms, say the same. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
}
