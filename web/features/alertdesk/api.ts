import { answer, intentKey, type AlertTopic, type DecideAlertRequest, type DeskAlert, type DeskAlertPage, type ProposeAlertRequest, type Reach } from '@suqian/api-client'
import { useApi } from '@suqian/session'

const PAGE = 30

export function readAlerts(cursor?: string): Promise<DeskAlertPage> {
  return answer(useApi().GET('/api/v1/alert-desk/alerts', { params: { query: { limit: PAGE, cursor } } }))
}

export function readAlert(id: string): Promise<DeskAlert> {
  return answer(useApi().GET('/api/v1/alert-desk/alerts/{alert_id}', { params: { path: { alert_id: id } } }))
}

export async function readTopics(): Promise<AlertTopic[]> {
  return (await answer(useApi().GET('/api/v1/alerts/topics'))).items
}

/** How many people and phones a notice would reach now. */
export function readReach(topics: readonly string[]): Promise<Reach> {
  return answer(useApi().GET('/api/v1/alert-desk/reach', { params: { query: { topics: topics.join(',') } } }))
}

export function propose(body: ProposeAlertRequest, key: string): Promise<DeskAlert> {
  return answer(useApi().POST('/api/v1/alert-desk/alerts', { params: { header: { 'Idempotency-Key': key } }, body }))
}

/** Throws ApiProblem 412 when somebody was faster. */
export function decide(row: DeskAlert, body: DecideAlertRequest): Promise<DeskAlert> {
  return answer(useApi().POST('/api/v1/alert-desk/alerts/{alert_id}/decision', { params: seen(row), body }))
}

export function withdraw(row: DeskAlert, comment: string): Promise<DeskAlert> {
  return answer(useApi().POST('/api/v1/alert-desk/alerts/{alert_id}/withdrawal', { params: seen(row), body: { comment } }))
}

function seen(row: DeskAlert) {
  return { path: { alert_id: row.id }, header: { 'If-Match': `"${row.version}"`, 'Idempotency-Key': intentKey() } }
}
