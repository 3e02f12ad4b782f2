import {
  answer,
  type Acted,
  type BatchResult,
  type CaseFile,
  type Preview,
  type Task,
  type TaskPage,
  type UnmaskRequest,
  type Wording,
} from '@suqian/api-client'
import { authorisedHeaders, useApi } from '@suqian/session'

import type { Decision } from './acts.ts'

export type TaskKind = 'case.accept' | 'case.review' | 'case.decide' | 'case.resume' | 'case.deliver'
export const TASK_KINDS: readonly TaskKind[] = [
  'case.accept', 'case.review', 'case.decide', 'case.resume', 'case.deliver',
]
export interface TaskQuery {
  state: Task['state']
  kind?: TaskKind
  q?: string
}
export type PersonalField = UnmaskRequest['names'][number]
const PAGE = 50

/** The version of a file as `If-Match` wants it. */
export function etagFor({ version }: { version: number }): string {
  return `"${version}"`
}

export function readTasks({ state, kind, q }: TaskQuery, cursor?: string): Promise<TaskPage> {
  const query = { state, sort: 'time_left' as const, kind, q, cursor, limit: PAGE }
  return answer(useApi().GET('/api/v1/approval/tasks', { params: { query } }))
}

/** A case file with personal data masked. */
export function readFile(caseId: string): Promise<CaseFile> {
  const params = { path: { case_id: caseId }, query: { masked: true } }
  return answer(useApi().GET('/api/v1/approval/cases/{case_id}', { params }))
}

export async function readWordings(): Promise<Wording[]> {
  return (await answer(useApi().GET('/api/v1/approval/wordings'))).items
}

/** What an act would do; nothing is done. */
export function previewAct(caseId: string, etag: string, decision: Decision): Promise<Preview> {
  const params = { path: { case_id: caseId }, header: { 'If-Match': etag } }
  return answer(useApi().POST('/api/v1/approval/cases/{case_id}/preview', { params, body: decision }))
}

export function act(caseId: string, etag: string, decision: Decision, key: string): Promise<Acted> {
  const params = { path: { case_id: caseId }, header: { 'If-Match': etag, 'Idempotency-Key': key } }
  return answer(useApi().POST('/api/v1/approval/cases/{case_id}/actions', { params, body: decision }))
}

/** One decision for several cases; a result for each, in their order. */
export async function actOnAll(tasks: readonly Task[], decision: Decision, key: string): Promise<BatchResult[]> {
  const items = tasks.map(({ case_id, etag }) => ({ ...decision, case_id, etag }))
  const params = { header: { 'Idempotency-Key': key } }
  return (await answer(useApi().POST('/api/v1/approval/batch', { params, body: { items } }))).items
}

/** One personal value in clear; the reason is recorded. */
export async function unmask(caseId: string, name: PersonalField, reason: string): Promise<string> {
  const params = { path: { case_id: caseId } }
  const body = { names: [name], reason }
  return (await answer(useApi().POST('/api/v1/approval/cases/{case_id}/unmask', { params, body })))[name] ?? ''
}

/** The bytes of a material. Throws TypeError when nobody can be reached, Error with `status` when it is refused. */
export async function readContent(caseId: string, materialId: string): Promise<Blob> {
  const path = `/api/v1/cases/${caseId}/materials/${materialId}/content`
  const headers = await authorisedHeaders()
  let response = await fetch(path, { headers })
  if (response.status === 401) {
    const used = headers.Authorization?.replace('Bearer ', '') ?? ''
    response = await fetch(path, { headers: await authorisedHeaders(used) })
  }
  if (!response.ok) throw Object.assign(new Error(response.statusText), { status: response.status })
  return response.blob()
}
