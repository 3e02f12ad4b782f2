import { answer, intentKey, type Entry, type EntryPage, type EntryVersion, type Hot, type HotlineUnit, type InquiryArea, type NewEntryRequest, type Publication, type PublicationPage, type WordingRequest } from '@suqian/api-client'
import { useApi } from '@suqian/session'

export type EntryState = Entry['state']
const header = (version?: number) => ({ 'Idempotency-Key': intentKey(), 'If-Match': `"${version ?? 0}"` })

export function readEntries(q: string, state: EntryState, cursor?: string): Promise<EntryPage> {
  return answer(useApi().GET('/api/v1/knowledge', { params: { query: { q, state, cursor, limit: 50 } } }))
}

export function readEntry(id: string): Promise<Entry> {
  return answer(useApi().GET('/api/v1/knowledge/{entry_id}', { params: { path: { entry_id: id } } }))
}

export async function readVersions(id: string): Promise<EntryVersion[]> {
  return (await answer(useApi().GET('/api/v1/knowledge/{entry_id}/versions', { params: { path: { entry_id: id } } }))).items
}

export function writeEntry(body: NewEntryRequest): Promise<Entry> {
  return answer(useApi().POST('/api/v1/knowledge', { params: { header: { 'Idempotency-Key': intentKey() } }, body }))
}

export function changeEntry(entry: Entry, body: WordingRequest): Promise<Entry> {
  return answer(useApi().POST('/api/v1/knowledge/{entry_id}/versions', { params: { path: { entry_id: entry.id }, header: header(entry.version) }, body }))
}

export function setState(entry: Entry, state: 'published' | 'retired'): Promise<Entry> {
  return answer(useApi().POST('/api/v1/knowledge/{entry_id}/state', { params: { path: { entry_id: entry.id }, header: header(entry.version) }, body: { state } }))
}

/** It still holds: the next look is due a cycle from today. */
export function reviewed(entry: Entry): Promise<Entry> {
  return answer(useApi().POST('/api/v1/knowledge/{entry_id}/review', { params: { path: { entry_id: entry.id }, header: header(entry.version) }, body: {} }))
}

export async function readUnits(): Promise<HotlineUnit[]> {
  return (await answer(useApi().GET('/api/v1/hotline/units'))).items
}

export function readPublications(state: Publication['state'], cursor?: string): Promise<PublicationPage> {
  return answer(useApi().GET('/api/v1/hotline/publications', { params: { query: { state, cursor, limit: 50 } } }))
}

export function decide(row: Publication, publish: boolean, question: string, reply: string): Promise<Publication> {
  const body = { publish, question, answer: reply }
  return answer(useApi().POST('/api/v1/hotline/publications/{publication_id}/decision', { params: { path: { publication_id: row.id }, header: header(row.version) }, body }))
}

export async function readHot(from: string, to: string): Promise<Hot[]> {
  return (await answer(useApi().GET('/api/v1/hotline/hot-topics', { params: { query: { from, to } } }))).items
}

export async function readAreas(): Promise<InquiryArea[]> {
  return (await answer(useApi().GET('/api/v1/inquiries/terms'))).areas
}
