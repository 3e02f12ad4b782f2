import { answer, intentKey, type Channels, type Delivery, type Endpoint, type EndpointActed, type TextRow, type TextStory, type TextWording, type WordingPreview } from '@suqian/api-client'
import { useApi } from '@suqian/session'

export type Group = 'all' | 'waiting' | 'failing' | 'failed'
export type Retry = { what: 'texts'; group: 'failed' | 'failing' } | { what: 'events' }
const PAGE = 30
const fresh = () => ({ 'Idempotency-Key': intentKey() })

export function readChannels(): Promise<Channels> {
  return answer(useApi().GET('/api/v1/operations/channels'))
}

export function readTexts(group: Group, cursor?: string): Promise<{ items: TextRow[]; next: string | null }> {
  return answer(useApi().GET('/api/v1/operations/texts', { params: { query: { group, cursor, limit: PAGE } } }))
}

export async function findTexts(phone: string): Promise<TextRow[]> {
  return (await answer(useApi().POST('/api/v1/operations/texts/search', { body: { phone } }))).items
}

export function readStory(id: string): Promise<TextStory> {
  return answer(useApi().GET('/api/v1/operations/texts/{text_id}', { params: { path: { text_id: id } } }))
}

/** Whether it goes again: not when a carrier has it. */
export async function retryText(id: string): Promise<boolean> {
  const params = { path: { text_id: id }, header: fresh() }
  return (await answer(useApi().POST('/api/v1/operations/texts/{text_id}/retry', { params, body: {} }))).retried
}

/** How many go again. */
export async function retryMany(what: Retry): Promise<number> {
  const body = { group: 'failed' as const, reader: '', ...what }
  return (await answer(useApi().POST('/api/v1/operations/retries', { params: { header: fresh() }, body }))).count
}

export async function readWordings(): Promise<TextWording[]> {
  return (await answer(useApi().GET('/api/v1/operations/wordings'))).items
}

export function previewWording(id: string, values: Record<string, string>): Promise<WordingPreview> {
  const params = { path: { version_id: id } }
  return answer(useApi().POST('/api/v1/operations/wordings/{version_id}/preview', { params, body: { values } }))
}

/** The id of the text that was sent. */
export async function tryWording(id: string, values: Record<string, string>, phone: string): Promise<string> {
  const params = { path: { version_id: id }, header: fresh() }
  return (await answer(useApi().POST('/api/v1/operations/wordings/{version_id}/trial', { params, body: { values, phone } }))).id
}

export async function readEndpoints(): Promise<Endpoint[]> {
  return (await answer(useApi().GET('/api/v1/operations/partners'))).items
}

export type DeliveryState = Delivery['state']

/** The newest hundred webhooks of an address, or those of one state. */
export async function readDeliveries(id: string, state: DeliveryState | ''): Promise<Delivery[]> {
  const params = { path: { endpoint_id: id }, query: state ? { state } : {} }
  return (await answer(useApi().GET('/api/v1/operations/partners/{endpoint_id}/deliveries', { params }))).items
}

export type EndpointAct = { action: 'enable' | 'rotate' } | { action: 'replay'; since: string; until: string; delivered_too?: boolean }

export function actOnEndpoint(id: string, body: EndpointAct): Promise<EndpointActed> {
  const params = { path: { endpoint_id: id }, header: fresh() }
  return answer(useApi().POST('/api/v1/operations/partners/{endpoint_id}/actions', { params, body: { delivered_too: false, ...body } }))
}
