import type { InquiryActionRequest } from '@suqian/api-client'

import type { Act } from './api.ts'

export type Field = 'text' | 'law_basis' | 'resolution' | 'files' | 'reason_code' | 'clause' | 'days' | 'note'
export interface ActForm {
  /** What is asked, in its order. */
  fields: readonly Field[]
  needed: readonly Field[]
  icon: 'check' | 'phone' | 'pen' | 'comment' | 'swap' | 'clock' | 'back'
  grave?: boolean
}

/** The acts of a unit; what the hotline does has no form here. What the order waits for stands first. */
export const FORMS: Partial<Record<Act, ActForm>> = {
  sign: { fields: ['note'], needed: [], icon: 'check' },
  sign_off: { fields: ['note'], needed: [], icon: 'check' },
  submit_reply: { fields: ['text', 'law_basis', 'resolution', 'files', 'note'], needed: ['text', 'law_basis', 'resolution'], icon: 'pen' },
  give_opinion: { fields: ['text', 'files'], needed: ['text'], icon: 'comment' },
  contact: { fields: ['note'], needed: ['note'], icon: 'phone' },
  refuse_sign_off: { fields: ['note'], needed: ['note'], icon: 'back', grave: true },
  request_extension: { fields: ['days', 'clause', 'note'], needed: ['days', 'clause', 'note'], icon: 'clock' },
  request_return: { fields: ['reason_code', 'clause', 'note'], needed: ['reason_code', 'clause', 'note'], icon: 'swap', grave: true },
}
export const RESOLUTIONS = ['solved', 'explained', 'planned', 'unfounded', 'impossible'] as const
export type Resolution = (typeof RESOLUTIONS)[number]

export interface ActDraft {
  action: Act
  text: string
  law_basis: string
  resolution: Resolution | ''
  reason_code: string
  clause: string
  days: string
  note: string
  /** Files of the unit that go to the citizen. */
  files: { id: string; filename: string; size: number }[]
}

/** An act of which nothing is said yet. */
export function blankAct(action: Act): ActDraft {
  return { action, text: '', law_basis: '', resolution: '', reason_code: '', clause: '', days: '', note: '', files: [] }
}

/** What is needed and not there; days must be a whole number above nought. */
export function missingIn(draft: ActDraft): Field[] {
  const needed = FORMS[draft.action]?.needed ?? []
  return needed.filter((field) => (field === 'days' ? !/^[1-9]\d{0,2}$/.test(draft.days.trim()) : String(draft[field]).trim() === ''))
}

const NOTHING = { note: '', text: '', law_basis: '', resolution: '', reason_code: '', clause: '', target_no: '', days: 0, topic_code: '', request_type: '', urgency: '' } as const

/** The act as the server takes it: only what its form asks. */
export function requestOf(draft: ActDraft): InquiryActionRequest {
  const asks = (field: Field) => FORMS[draft.action]?.fields.includes(field) ?? false
  return {
    ...NOTHING,
    action: draft.action,
    ...(asks('text') && { text: draft.text }),
    ...(asks('law_basis') && { law_basis: draft.law_basis }),
    ...(asks('resolution') && { resolution: draft.resolution }),
    ...(asks('reason_code') && { reason_code: draft.reason_code }),
    ...(asks('clause') && { clause: draft.clause }),
    ...(asks('days') && { days: Number(draft.days) }),
    ...(asks('note') && { note: draft.note }),
    ...(asks('files') && { file_ids: draft.files.map((one) => one.id) }),
  }
}

/** The acts that can be done now, in the order of the forms. */
export function formsFor(actions: readonly string[]): Act[] {
  return (Object.keys(FORMS) as Act[]).filter((act) => actions.includes(act))
}
