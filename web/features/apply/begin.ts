import type { Power } from '@suqian/api-client'
import { database, useOutbox, type Draft } from '@suqian/offline'
import { useSession } from '@suqian/session'

import { START, type StartPayload } from './filing.ts'

/** Begin an application on this device; the server hears of it as soon as it can be reached. */
export async function beginDraft(power: Power, legalPersonId: string | null): Promise<Draft> {
  const applicant = { kind: legalPersonId ? 'legal_person' : 'person', legal_person_id: legalPersonId } as const
  const draft: Draft = {
    id: localId(),
    person: useSession().profile?.id ?? '',
    powerId: power.id,
    powerName: power.name,
    organisationName: power.organisation.name,
    applicant,
    form: {}, base: {}, caseId: '', etag: '', files: [], asked: [], step: '',
    changedAt: Date.now(),
  }
  await (await database()).put('drafts', draft)
  const body = { power_id: power.id, applicant, form: {} }
  await useOutbox().add({ subject: draft.id, kind: START, payload: { body } satisfies StartPayload })
  return draft
}

function localId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return `d${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
