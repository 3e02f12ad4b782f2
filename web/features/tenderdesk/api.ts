import {
  answer,
  intentKey,
  type ActBodyRequest,
  type AnsweredQuestionShape,
  type BroughtShape,
  type DeskProjectPageShape,
  type DeskProjectShape,
  type DutiesShape,
  type InvitedCompanyShape,
  type KeyBodyRequest,
  type LawfulActShape,
  type LawfulCalendarShape,
  type LawfulDateShape,
  type NoticeBodyRequest,
  type OpenedBidShape,
  type OwnObjectionShape,
  type PossibleOpenerShape,
  type ProjectBodyRequest,
  type TenderFileShape,
  type TenderNoticeShape,
  type TenderSectionShape,
} from '@suqian/api-client'
import { useApi } from '@suqian/session'

const key = () => ({ 'Idempotency-Key': intentKey() })
type Seen = Pick<TenderNoticeShape, 'id' | 'version'>
const seen = ({ version }: Seen) => ({ 'If-Match': `"${version}"` })

export function readProjects(cursor?: string): Promise<DeskProjectPageShape> {
  return answer(useApi().GET('/api/v1/tender-desk/projects', { params: { query: { cursor, limit: 50 } } }))
}

export function readProject(id: string): Promise<DeskProjectShape> {
  return answer(useApi().GET('/api/v1/tender-desk/projects/{project_id}', { params: { path: { project_id: id } } }))
}

export function createProject(body: ProjectBodyRequest): Promise<DeskProjectShape> {
  return answer(useApi().POST('/api/v1/tender-desk/projects', { params: { header: key() }, body }))
}

export function readCalendar(section: string): Promise<LawfulCalendarShape> {
  return answer(useApi().GET('/api/v1/tender-desk/sections/{section_id}/calendar', { params: { path: { section_id: section } } }))
}

/** Enter on which day something happened outside the platform. Throws ApiProblem 422 for a day that cannot be. */
export async function enterAct(section: string, act: LawfulActShape['act'], day: string): Promise<void> {
  const params = { path: { section_id: section }, header: key() }
  const body = { act: act as ActBodyRequest['act'], done_on: day }
  await answer(useApi().POST('/api/v1/tender-desk/sections/{section_id}/acts', { params, body }))
}

export async function readQuestions(section: string): Promise<AnsweredQuestionShape[]> {
  return (await answer(useApi().GET('/api/v1/tender-desk/sections/{section_id}/questions', { params: { path: { section_id: section } } }))).items
}

export async function readObjections(section: string): Promise<OwnObjectionShape[]> {
  return (await answer(useApi().GET('/api/v1/tender-desk/sections/{section_id}/objections', { params: { path: { section_id: section } } }))).items
}

/** The opened bids. Throws ApiProblem 403 before the opening; asking is written down. */
export async function readBids(section: string): Promise<OpenedBidShape[]> {
  return (await answer(useApi().GET('/api/v1/tender-desk/sections/{section_id}/bids', { params: { path: { section_id: section } } }))).items
}

export async function answerQuestion(id: string, text: string): Promise<void> {
  const params = { path: { question_id: id }, header: key() }
  await answer(useApi().POST('/api/v1/tender-desk/questions/{question_id}/answer', { params, body: { answer: text } }))
}

export async function answerObjection(id: string, text: string, upheld: boolean): Promise<void> {
  const params = { path: { objection_id: id }, header: key() }
  await answer(useApi().POST('/api/v1/tender-desk/objections/{objection_id}/answer', { params, body: { answer: text, upheld } }))
}

/** A notice with the version by which it is changed. */
export async function readNotice(id: string): Promise<TenderNoticeShape> {
  return answer(useApi().GET('/api/v1/tender-desk/notices/{notice_id}', { params: { path: { notice_id: id } } }))
}

export async function readLawfulDates(project: string, body: NoticeBodyRequest): Promise<LawfulDateShape[]> {
  const params = { path: { project_id: project } }
  return (await answer(useApi().POST('/api/v1/tender-desk/projects/{project_id}/lawful-dates', { params, body }))).items
}

export function draftNotice(project: string, body: NoticeBodyRequest): Promise<TenderNoticeShape> {
  const params = { path: { project_id: project }, header: key() }
  return answer(useApi().POST('/api/v1/tender-desk/projects/{project_id}/notices', { params, body }))
}

export function changeNotice(notice: Seen, title: string, content: NoticeBodyRequest['content']): Promise<TenderNoticeShape> {
  const params = { path: { notice_id: notice.id }, header: seen(notice) }
  return answer(useApi().PATCH('/api/v1/tender-desk/notices/{notice_id}', { params, body: { title, content } }))
}

export async function discardNotice(notice: Seen): Promise<void> {
  await answer(useApi().DELETE('/api/v1/tender-desk/notices/{notice_id}', { params: { path: { notice_id: notice.id }, header: seen(notice) } }))
}

/** Hand a draft to a second person, or publish what a second person has read. */
export function moveNotice(notice: Seen, act: 'submit' | 'publish'): Promise<TenderNoticeShape> {
  const params = { path: { notice_id: notice.id }, header: { ...seen(notice), ...key() } }
  if (act === 'submit') return answer(useApi().POST('/api/v1/tender-desk/notices/{notice_id}/submit', { params, body: {} }))
  return answer(useApi().POST('/api/v1/tender-desk/notices/{notice_id}/publish', { params, body: {} }))
}

export function returnNotice(notice: Seen, note: string): Promise<TenderNoticeShape> {
  const params = { path: { notice_id: notice.id }, header: { ...seen(notice), ...key() } }
  return answer(useApi().POST('/api/v1/tender-desk/notices/{notice_id}/return', { params, body: { note } }))
}

export function addFile(notice: string, file: File): Promise<TenderFileShape> {
  const body = new FormData()
  body.append('file', file)
  const params = { path: { notice_id: notice }, header: key() }
  return answer(useApi().POST('/api/v1/tender-desk/notices/{notice_id}/files', { params, body: body as never, bodySerializer: (one) => one as never }))
}

export async function readPossibleOpeners(section: string): Promise<PossibleOpenerShape[]> {
  const params = { path: { section_id: section } }
  return (await answer(useApi().GET('/api/v1/tender-desk/sections/{section_id}/possible-openers', { params }))).items
}

/** A registered company by its credit code or id. Throws ApiProblem 404 when there is none. */
export function readCompany(project: string, company: string): Promise<InvitedCompanyShape> {
  const params = { path: { project_id: project, company } }
  return answer(useApi().GET('/api/v1/tender-desk/projects/{project_id}/companies/{company}', { params }))
}

export function setKey(section: string, body: KeyBodyRequest): Promise<TenderSectionShape> {
  return answer(useApi().POST('/api/v1/tender-desk/sections/{section_id}/key', { params: { path: { section_id: section }, header: key() }, body }))
}

export function readDuties(): Promise<DutiesShape> {
  return answer(useApi().GET('/api/v1/tender-desk/openings'))
}

export function bringShare(section: string, share: string): Promise<BroughtShape> {
  const params = { path: { section_id: section }, header: key() }
  return answer(useApi().POST('/api/v1/tender-desk/sections/{section_id}/shares', { params, body: { share } }))
}
