import {
  answer,
  ApiProblem,
  intentKey,
  type Call,
  type DeskPage,
  type DeskSuggestions,
  type Entry,
  type HandoverPage,
  type HotlineCentre,
  type HotlineUnit,
  type InquiryActed,
  type InquiryActionRequest,
  type InquiryArea,
  type InquirySummary,
  type InquiryTopic,
  type InquiryUnmasked,
  type OrderFile,
  type Pop,
  type Reason,
  type RegisterRequest,
  type Wallboard,
} from '@suqian/api-client'
import { authorisedHeaders, currentToken, useApi } from '@suqian/session'

export type Act = InquiryActionRequest['action']
export type Queue = 'to_dispatch' | 'to_decide' | 'to_review' | 'to_call_back' | 'urgent' | 'overdue'
const PAGE = 50

export function readOrders(query: { queue?: Queue; order_no?: string; centre_id?: string }, cursor?: string): Promise<DeskPage> {
  return answer(useApi().GET('/api/v1/hotline/orders', { params: { query: { ...query, cursor, limit: PAGE } } }))
}

export function readOrder(id: string): Promise<OrderFile> {
  return answer(useApi().GET('/api/v1/hotline/orders/{order_id}', { params: { path: { order_id: id }, query: { masked: true } } }))
}

/** Who asked, in clear; the reason is recorded and who asked can read that it was done. */
export function unmask(id: string, reason: string): Promise<InquiryUnmasked> {
  const body = { names: ['name' as const, 'phone' as const], reason }
  return answer(useApi().POST('/api/v1/hotline/orders/{order_id}/unmask', { params: { path: { order_id: id } }, body }))
}

/** One act on an order as it was seen. Throws ApiProblem 412 when it has changed meanwhile. */
export function actOn(order: { id: string; version: number }, body: InquiryActionRequest, key = intentKey()): Promise<InquiryActed> {
  const header = { 'If-Match': `"${order.version}"`, 'Idempotency-Key': key }
  return answer(useApi().POST('/api/v1/hotline/orders/{order_id}/actions', { params: { path: { order_id: order.id }, header }, body }))
}

export function register(body: RegisterRequest, key: string): Promise<OrderFile> {
  return answer(useApi().POST('/api/v1/hotline/orders', { params: { header: { 'Idempotency-Key': key } }, body }))
}

export function suggest(words: string, area: string, topic: string): Promise<DeskSuggestions> {
  return answer(useApi().POST('/api/v1/hotline/suggestions', { body: { words, area_code: area, topic } }))
}

export function readPop(id: string): Promise<Pop> {
  return answer(useApi().GET('/api/v1/hotline/calls/{call_id}', { params: { path: { call_id: id } } }))
}

export function takeCall(id: string): Promise<Call> {
  const header = { 'Idempotency-Key': intentKey() }
  return answer(useApi().POST('/api/v1/hotline/calls/{call_id}/take', { params: { path: { call_id: id }, header }, body: {} }))
}

export async function readHistory(phone: string): Promise<InquirySummary[]> {
  return (await answer(useApi().POST('/api/v1/hotline/callers', { body: { phone } }))).items
}

export function readBoard(centre?: string): Promise<Wallboard> {
  return answer(useApi().GET('/api/v1/hotline/wallboard', { params: { query: { centre_id: centre } } }))
}

export function readHandovers(): Promise<HandoverPage> {
  return answer(useApi().GET('/api/v1/hotline/handovers', { params: { query: { limit: 20 } } }))
}

export async function handOver(note: string): Promise<void> {
  await answer(useApi().POST('/api/v1/hotline/handovers', { params: { header: { 'Idempotency-Key': intentKey() } }, body: { note } }))
}

/** The leader of the next shift confirms what was handed over. */
export async function takeOver(id: string): Promise<void> {
  const params = { path: { handover_id: id }, header: { 'Idempotency-Key': intentKey() } }
  await answer(useApi().POST('/api/v1/hotline/handovers/{handover_id}/confirm', { params, body: { note: '' } }))
}

export function readEntry(id: string): Promise<Entry> {
  return answer(useApi().GET('/api/v1/knowledge/{entry_id}', { params: { path: { entry_id: id } } }))
}

/** A solved question as a draft of the knowledge base, names hidden; its id. */
export async function toKnowledge(orderId: string): Promise<string> {
  const params = { path: { order_id: orderId }, header: { 'Idempotency-Key': intentKey() } }
  return (await answer(useApi().POST('/api/v1/hotline/orders/{order_id}/knowledge', { params, body: {} }))).id
}

/** Propose a closed order for everybody to read, names and numbers hidden. */
export async function propose(orderId: string): Promise<void> {
  const params = { path: { order_id: orderId }, header: { 'Idempotency-Key': intentKey() } }
  await answer(useApi().POST('/api/v1/hotline/orders/{order_id}/publication', { params, body: {} }))
}

/** What is chosen among, read once a visit. */
export interface Choices {
  centres: HotlineCentre[]
  units: HotlineUnit[]
  topics: InquiryTopic[]
  reasons: Reason[]
  areas: InquiryArea[]
}

export async function readChoices(): Promise<Choices> {
  const api = useApi()
  const [centres, units, topics, reasons, terms] = await Promise.all([
    answer(api.GET('/api/v1/hotline/centres')),
    answer(api.GET('/api/v1/hotline/units')),
    answer(api.GET('/api/v1/inquiries/topics')),
    answer(api.GET('/api/v1/hotline/reasons')),
    answer(api.GET('/api/v1/inquiries/terms')),
  ])
  return { centres: centres.items, units: units.items, topics: topics.items, reasons: reasons.items, areas: terms.areas }
}

/** A file of an order, fetched with the session. */
export function readFile(orderId: string, fileId: string): Promise<Blob> {
  return readBytes(`/api/v1/inquiries/${orderId}/files/${fileId}/content`)
}

/** The sound of a call; each fetch is recorded as a hearing. */
export function readRecording(callId: string): Promise<Blob> {
  return readBytes(`/api/v1/hotline/calls/${callId}/recording`)
}

async function readBytes(url: string): Promise<Blob> {
  const token = currentToken()
  const first = await fetch(url, { headers: await authorisedHeaders() })
  const response = first.status === 401 && token ? await fetch(url, { headers: await authorisedHeaders(token) }) : first
  if (!response.ok) throw new ApiProblem({}, response)
  return response.blob()
}
