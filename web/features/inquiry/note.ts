import { intentKey, type AskRequest, type InquiryReceipt } from '@suqian/api-client'
import type { Note } from '@suqian/offline'

export const KIND = 'inquiry'
export const MAX_WORDS = 2000
/** The wishes people choose from; the others are the hotline's to give. */
export const TYPES = ['inquiry', 'help', 'complaint', 'suggestion', 'report', 'praise'] as const
export type WishType = (typeof TYPES)[number]
export const WHO = ['named', 'confidential', 'anonymous'] as const
export type Who = (typeof WHO)[number]
export type Channel = 'app' | 'web' | 'mailbox'

export interface NotePlace {
  words: string
  areaCode: string
  longitude: number | null
  latitude: number | null
}

/** Something to be attached. */
export interface NoteFile {
  id: string
  file: File
}

/** An inquiry being written on this device; its id is what the server knows it by however often it is sent. */
export interface InquiryNote extends Note {
  kind: typeof KIND
  channel: Channel
  words: string
  /** Empty while the server's suggestion holds. */
  type: WishType | ''
  topic: string
  place: NotePlace
  who: Who
  isPetition: boolean
  isPublic: boolean
  files: NoteFile[]
  /** When it was handed to the outbox; null while it is being written. */
  sentAt: number | null
  receipt: InquiryReceipt | null
}

/** A fresh sheet. */
export function blankNote(person: string, channel: Channel, type: WishType | '' = ''): InquiryNote {
  return {
    id: intentKey().replaceAll('-', ''), person, kind: KIND, changedAt: Date.now(), channel, words: '', type, topic: '',
    place: { words: '', areaCode: '', longitude: null, latitude: null },
    who: 'named', isPetition: false, isPublic: true, files: [], sentAt: null, receipt: null,
  }
}

/** A note as a browser keeps it, without what only screens need. */
export function plainNote(note: InquiryNote): InquiryNote {
  return { ...note, place: { ...note.place }, files: note.files.map(({ id, file }) => ({ id, file })), receipt: note.receipt ? { ...note.receipt } : null }
}

/** Whether there is anything in it worth keeping. */
export function hasContent(note: InquiryNote): boolean {
  return note.words.trim() !== '' || note.files.length > 0
}

/** What the server is asked. A report is confidential whatever was chosen, and never published. */
export function bodyOf(note: InquiryNote): AskRequest {
  const isReport = note.type === 'report'
  return {
    words: note.words.trim(),
    title: '',
    channel: note.channel,
    request_type: note.type || null,
    topic: note.topic,
    place: {
      words: note.place.words.trim(),
      area_code: note.place.areaCode,
      longitude: note.place.longitude,
      latitude: note.place.latitude,
    },
    anonymous: note.who === 'anonymous',
    confidential: note.who === 'confidential' || isReport,
    petition: note.channel === 'mailbox' && note.isPetition,
    public: note.isPublic && !isReport,
    client_ref: note.id,
  }
}
