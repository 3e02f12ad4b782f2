import { answer, ApiProblem, intentKey, type InquiryActed, type InquiryActionRequest, type InquiryFile, type InquiryTask, type InquiryTaskPage, type InquiryUnmasked, type OrderFile, type Reason } from '@suqian/api-client'
import { upload } from '@suqian/offline'
import { authorisedHeaders, currentToken, useApi } from '@suqian/session'

export type Act = InquiryActionRequest['action']
const PAGE = 50

export function readTasks(state: InquiryTask['state'], cursor?: string): Promise<InquiryTaskPage> {
  const query = { state, sort: state === 'open' ? 'time_left' as const : 'newest' as const, cursor, limit: PAGE }
  return answer(useApi().GET('/api/v1/inquiries/tasks', { params: { query } }))
}

/** An order by its id, or by that of a unit's part in it. */
export function readOrder(id: string): Promise<OrderFile> {
  return answer(useApi().GET('/api/v1/inquiries/handling/{order_id}', { params: { path: { order_id: id }, query: { masked: true } } }))
}

/** Who asked, in clear; the reason is recorded and who asked can read that it was done. */
export function unmask(id: string, reason: string): Promise<InquiryUnmasked> {
  const body = { names: ['name' as const, 'phone' as const], reason }
  return answer(useApi().POST('/api/v1/inquiries/handling/{order_id}/unmask', { params: { path: { order_id: id } }, body }))
}

/** One act on an order as it was seen. Throws ApiProblem 412 when it has changed meanwhile. */
export function actOn(order: { id: string; version: number }, body: InquiryActionRequest, key: string): Promise<InquiryActed> {
  const header = { 'If-Match': `"${order.version}"`, 'Idempotency-Key': key }
  return answer(useApi().POST('/api/v1/inquiries/handling/{order_id}/actions', { params: { path: { order_id: order.id }, header }, body }))
}

export async function readReasons(): Promise<Reason[]> {
  return (await answer(useApi().GET('/api/v1/hotline/reasons'))).items.filter((one) => one.kind === 'return')
}

/** Put a paper or a picture with an order. */
export async function addFile(orderId: string, file: File, onProgress: (fraction: number) => void): Promise<InquiryFile> {
  return (await upload({ url: `/api/v1/inquiries/handling/${orderId}/files`, fields: { file }, key: intentKey(), onProgress })) as InquiryFile
}

/** A file of an order, fetched with the session. */
export function readFile(orderId: string, fileId: string): Promise<Blob> {
  return readBytes(`/api/v1/inquiries/${orderId}/files/${fileId}/content`)
}

/** The sound of the call from which an order came. */
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
