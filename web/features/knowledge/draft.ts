import type { Entry, WordingRequest } from '@suqian/api-client'
import { today } from '@suqian/i18n'

export interface EntryDraft {
  owner: string
  title: string
  question: string
  answer: string
  keywords: string
  law: string
  from: string
  to: string
  months: string
}
export type Missing = 'owner' | 'title' | 'question' | 'answer' | 'to' | 'months'

/** An entry as its form shows it; a new one holds from today and is looked through twice a year. */
export function draftOf(entry: Entry | null, owner: string): EntryDraft {
  if (!entry) return { owner, title: '', question: '', answer: '', keywords: '', law: '', from: today(), to: '', months: '6' }
  const { wording } = entry
  return { owner: entry.owner_id, title: wording.title, question: wording.question, answer: wording.answer, keywords: wording.keywords.join(', '), law: wording.law_basis, from: wording.valid_from, to: wording.valid_to ?? '', months: '' }
}

/** What is needed and not there, or cannot be. */
export function missingIn(draft: EntryDraft): Missing[] {
  const found = (['owner', 'title', 'question', 'answer'] as const).filter((name) => draft[name].trim() === '') as Missing[]
  if (draft.to && draft.to <= draft.from) found.push('to')
  if (draft.months && !/^([1-9]|[1-5]\d|60)$/.test(draft.months)) found.push('months')
  return found
}

/** The words as the server takes them; keywords apart by commas of any kind or spaces. */
export function wordingOf(draft: EntryDraft, topic: string): WordingRequest {
  const keywords = draft.keywords.split(/[\p{P}\s]+/u).filter(Boolean).slice(0, 20)
  return { title: draft.title.trim(), question: draft.question.trim(), answer: draft.answer.trim(), keywords, law_basis: draft.law.trim(), topic_code: topic, valid_from: draft.from || null, valid_to: draft.to || null, review_months: Number(draft.months || 0) }
}
