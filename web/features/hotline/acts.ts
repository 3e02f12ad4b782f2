import type { InquiryActionRequest } from '@suqian/api-client'

import type { Act } from './api.ts'

export type Field =
  | 'note' | 'text' | 'reason_code' | 'unit_id' | 'assist_ids' | 'target_no' | 'kind' | 'reached' | 'solved' | 'satisfied' | 'contacted'
export interface ActForm {
  /** What is asked, in its order. */
  fields: readonly Field[]
  needed: readonly Field[]
  /** The key that opens it. */
  key: string
  /** An act that ends or refuses something: its button says so in colour. */
  grave?: boolean
}

/** The acts of the desk; what others do (signing, answering) has no form here. */
export const FORMS: Partial<Record<Act, ActForm>> = {
  dispatch: { fields: ['unit_id', 'assist_ids', 'note'], needed: ['unit_id'], key: 'd' },
  pass_centre: { fields: ['unit_id', 'note'], needed: ['unit_id', 'note'], key: 'z' },
  answer_directly: { fields: ['text', 'note'], needed: ['text'], key: 'k' },
  pass_review: { fields: ['note'], needed: [], key: 'p' },
  send_back: { fields: ['note'], needed: ['note'], key: 'x', grave: true },
  call_back: { fields: ['reached', 'contacted', 'solved', 'satisfied', 'note'], needed: ['reached'], key: 'h' },
  approve_return: { fields: ['unit_id', 'note'], needed: ['unit_id', 'note'], key: 'y' },
  reject_return: { fields: ['note'], needed: ['note'], key: 'n', grave: true },
  approve_extension: { fields: ['note'], needed: [], key: 'y' },
  refuse_extension: { fields: ['note'], needed: ['note'], key: 'n', grave: true },
  register: { fields: ['kind', 'note'], needed: [], key: 'r' },
  classify: { fields: ['kind', 'note'], needed: [], key: 'f' },
  add_assist: { fields: ['assist_ids', 'note'], needed: ['assist_ids', 'note'], key: 'a' },
  urge: { fields: ['note'], needed: [], key: 'u' },
  merge: { fields: ['target_no', 'note'], needed: ['target_no', 'note'], key: 'm' },
  reopen: { fields: ['note'], needed: ['note'], key: 'o' },
  transfer: { fields: ['reason_code', 'note'], needed: ['reason_code', 'note'], key: 't', grave: true },
  cancel: { fields: ['reason_code', 'note'], needed: ['reason_code', 'note'], key: 'c', grave: true },
}

export type ActDraft = InquiryActionRequest & { assist_ids: string[] }

/** An act of which nothing is said yet. */
export function blankAct(action: Act): ActDraft {
  return {
    action, note: '', text: '', law_basis: '', resolution: '', reason_code: '', clause: '', unit_id: null, assist_ids: [], target_no: '', days: 0,
    topic_code: '', request_type: '', urgency: '', reached: null, contacted: null, solved: null, satisfied: null,
  }
}

/** What is asked now: the citizen's answers only when somebody was reached. */
export function askedFields(draft: ActDraft): Field[] {
  const all = FORMS[draft.action]?.fields ?? []
  return all.filter((field) => !['contacted', 'solved', 'satisfied'].includes(field) || draft.reached === true)
}

/** What is needed and not there. */
export function missingIn(draft: ActDraft): Field[] {
  const needed = [...(FORMS[draft.action]?.needed ?? [])]
  if (draft.action === 'call_back' && draft.reached) needed.push('solved', 'satisfied')
  return needed.filter((field) => !isGiven(field === 'kind' ? draft.topic_code : draft[field]))
}

function isGiven(value: unknown): boolean {
  if (typeof value === 'boolean') return true
  if (Array.isArray(value)) return value.length > 0
  return typeof value === 'string' && value.trim() !== ''
}

/** The acts that can be done now, in the order of the forms: what the order waits for comes first. */
export function formsFor(actions: readonly string[]): Act[] {
  return (Object.keys(FORMS) as Act[]).filter((act) => actions.includes(act))
}
