import { Unreachable, type Case } from '@suqian/api-client'
import { database, findDraft, merged, type Draft } from '@suqian/offline'

import { readCase } from './filing.ts'

const EDITABLE = ['draft', 'supplement_required']

/**
 * The draft of this device brought up to date, or one made of the server's; null when it was handed in meanwhile. Without
 * a network the one of this device. Throws when there is neither.
 */
export async function openDraft(person: string, id: string): Promise<Draft | null> {
  const local = await findDraft(await database(), person, id)
  if (local && !local.caseId) return local
  try {
    const { found, etag } = await readCase(local?.caseId ?? id)
    return await takenOver(person, found, etag, local)
  } catch (error) {
    if (local && error instanceof Unreachable) return local
    throw error
  }
}

async function takenOver(person: string, found: Case, etag: string, local: Draft | null): Promise<Draft | null> {
  const db = await database()
  if (!EDITABLE.includes(found.state)) {
    if (local) await db.delete('drafts', local.id)
    return null
  }
  const own = local ?? { id: found.id, base: found.form, form: found.form, step: '', changedAt: Date.now() }
  const draft: Draft = {
    ...ofServer(found),
    person,
    etag,
    id: own.id,
    form: merged(own.base, own.form, found.form),
    step: own.step,
    changedAt: own.changedAt,
  }
  await db.put('drafts', draft)
  return draft
}

function ofServer(found: Case): Omit<Draft, 'id' | 'person' | 'etag' | 'form' | 'step' | 'changedAt'> {
  return {
    powerId: found.power_id,
    powerName: found.power_name,
    organisationName: found.organisation_name,
    applicant: { kind: found.applicant.kind, legal_person_id: found.applicant.legal_person_id ?? null },
    base: found.form,
    caseId: found.id,
    files: found.materials,
    asked: found.state === 'supplement_required' ? found.supplement_items : [],
  }
}
