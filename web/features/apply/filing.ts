import { answer, etagOf, isProblem, type Case, type CaseDraftRequest, type Material } from '@suqian/api-client'
import type { Answers } from '@suqian/forms'
import { changeDraft, database, merged, same, upload, useOutbox, type Draft, type Entry } from '@suqian/offline'
import { useApi } from '@suqian/session'

/** What is sent for an application. All of one application goes in order: begun, saved, files, handed in. */
export const START = 'case.start'
export const SAVE = 'case.save'
export const FILE = 'case.file'
export const SUBMIT = 'case.submit'

export interface StartPayload {
  body: CaseDraftRequest
}
export interface SavePayload {
  form: Answers
}
export interface FilePayload {
  material: string
  file: File
}

interface Read {
  found: Case
  etag: string
}

/** Tell the outbox how each of them is sent; the subject of an entry is the draft's id. */
export function registerFiling(): void {
  const outbox = useOutbox()
  outbox.handle(START, start, { quiet: true })
  outbox.handle(SAVE, save, { quiet: true })
  outbox.handle(FILE, sendFile, { quiet: true, free: true })
  outbox.handle(SUBMIT, submit, { last: true })
}

/** The own case as the server has it. */
export async function readCase(id: string): Promise<Read> {
  const pending = useApi().GET('/api/v1/cases/{case_id}', { params: { path: { case_id: id } } })
  const found = await answer(pending)
  return { found, etag: etagOf((await pending).response) }
}

async function start(entry: Entry): Promise<void> {
  const { body } = entry.payload as StartPayload
  const draft = await draftOf(entry)
  if (!draft || draft.caseId) return
  const pending = useApi().POST('/api/v1/cases', { body, params: { header: { 'Idempotency-Key': entry.key } } })
  const made = await answer(pending)
  const etag = etagOf((await pending).response)
  await changeDraft(await database(), draft.id, (now) => ({
    ...now,
    caseId: made.id,
    etag,
    base: made.form,
    form: merged(body.form ?? {}, now.form, made.form),
  }))
}

async function save(entry: Entry): Promise<void> {
  const draft = await draftOf(entry)
  const { form } = entry.payload as SavePayload
  if (!draft?.caseId || same(form, draft.base)) return
  const isSaved = draft.etag !== '' && (await patchUnlessStale(draft, form))
  if (isSaved) return
  const { found, etag } = await readCase(draft.caseId)
  const joined = merged(draft.base, form, found.form)
  await patch(draft, joined, etag)
  await changeDraft(await database(), draft.id, (now) => ({ ...now, form: merged(form, now.form, joined) }))
}

/** Tells whether it was saved; false when the server has something newer. */
async function patchUnlessStale(draft: Draft, form: Answers): Promise<boolean> {
  try {
    await patch(draft, form, draft.etag)
    return true
  } catch (error) {
    if (isProblem(error) && error.status === 412) return false
    throw error
  }
}

async function patch(draft: Draft, form: Answers, etag: string): Promise<void> {
  const params = { path: { case_id: draft.caseId }, header: { 'If-Match': etag } }
  const pending = useApi().PATCH('/api/v1/cases/{case_id}', { params, body: { form } })
  await answer(pending)
  const next = etagOf((await pending).response)
  await changeDraft(await database(), draft.id, (now) => ({ ...now, base: form, etag: next }))
}

async function sendFile(entry: Entry, report: (fraction: number) => void): Promise<void> {
  const draft = await draftOf(entry)
  if (!draft?.caseId) return
  const { material, file } = entry.payload as FilePayload
  const url = `/api/v1/cases/${draft.caseId}/materials`
  const sent = (await upload({ url, fields: { material, file }, key: entry.key, onProgress: report })) as Material
  await changeDraft(await database(), draft.id, (now) => ({
    ...now,
    etag: '',
    files: [...now.files.filter((one) => one.id !== sent.id), sent],
  }))
}

/** Hand in, or say that everything asked for was added, by what state the case is in. */
async function submit(entry: Entry): Promise<void> {
  const draft = await draftOf(entry)
  if (!draft?.caseId) return
  const { found, etag } = await readCase(draft.caseId)
  const options = {
    params: { path: { case_id: draft.caseId }, header: { 'If-Match': etag, 'Idempotency-Key': entry.key } },
    body: {},
  }
  if (found.state === 'draft') await answer(useApi().POST('/api/v1/cases/{case_id}/submit', options))
  if (found.state === 'supplement_required') await answer(useApi().POST('/api/v1/cases/{case_id}/supplement', options))
  await (await database()).delete('drafts', draft.id)
}

async function draftOf(entry: Entry): Promise<Draft | undefined> {
  return (await database()).get('drafts', entry.subject)
}
