import { answer, type AskRequest } from '@suqian/api-client'
import { changeNote, database, findNote, keepNote, upload, useOutbox, type Entry } from '@suqian/offline'
import { useApi } from '@suqian/session'

import { bodyOf, plainNote, type InquiryNote, type NoteFile } from './note.ts'

/** What is sent of an inquiry, in order: the words, then what belongs to them. The subject of an entry is the note's id. */
export const ASK = 'inquiry-ask'
export const FILE = 'inquiry-file'
/** A file that is added later; the subject is the inquiry's own id. */
export const ADD = 'inquiry-add'

interface AskPayload {
  body: AskRequest
}

/** Tell the outbox how each of them is sent. */
export function registerSending(): void {
  const outbox = useOutbox()
  outbox.handle(ASK, ask)
  outbox.handle(FILE, sendFile, { quiet: true, free: true })
  outbox.handle(ADD, addFile, { quiet: true, free: true })
}

/** Hand a note over: from here on it sends itself, with or without a network. */
export async function handOver(note: InquiryNote): Promise<void> {
  const outbox = useOutbox()
  const db = await database()
  const plain = plainNote(note)
  const sent: InquiryNote = { ...plain, sentAt: Date.now(), changedAt: Date.now() }
  await keepNote(db, sent)
  await outbox.add({ subject: note.id, kind: ASK, payload: { body: bodyOf(note) } satisfies AskPayload, replaces: true })
  for (const one of plain.files) await outbox.add({ subject: note.id, kind: FILE, payload: one })
  await changeNote<InquiryNote>(db, note.id, (now) => ({ ...now, files: [] }))
}

/** Take a note back to be changed; what was to be sent with it lies in it again. */
export async function takeBack(id: string): Promise<void> {
  const outbox = useOutbox()
  const entries = outbox.of(id).filter((entry) => entry.state !== 'sent')
  const files = entries.filter((entry) => entry.kind === FILE).map((entry) => entry.payload as NoteFile)
  await changeNote<InquiryNote>(await database(), id, (now) => ({ ...now, sentAt: null, files: [...now.files, ...files] }))
  for (const entry of entries) await outbox.discard(entry.seq)
}

async function ask(entry: Entry): Promise<void> {
  const { body } = entry.payload as AskPayload
  const header = { 'Idempotency-Key': entry.key }
  const receipt = await answer(useApi().POST('/api/v1/inquiries', { body, params: { header } }))
  await changeNote<InquiryNote>(await database(), entry.subject, (now) => ({ ...now, receipt }))
}

async function sendFile(entry: Entry, report: (fraction: number) => void): Promise<void> {
  const note = await findNote<InquiryNote>(await database(), entry.person, entry.subject)
  if (note?.receipt) await send(note.receipt.id, entry, report)
}

function addFile(entry: Entry, report: (fraction: number) => void): Promise<void> {
  return send(entry.subject, entry, report)
}

async function send(orderId: string, entry: Entry, onProgress: (fraction: number) => void): Promise<void> {
  const { file } = entry.payload as NoteFile
  await upload({ url: `/api/v1/inquiries/${orderId}/files`, fields: { file }, key: entry.key, onProgress })
}
