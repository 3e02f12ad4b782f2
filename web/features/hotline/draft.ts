import type { RegisterRequest } from '@suqian/api-client'

type Kind = NonNullable<RegisterRequest['request_type']>
type Urgency = NonNullable<RegisterRequest['urgency']>
export const KINDS: readonly Kind[] = ['inquiry', 'help', 'complaint', 'report', 'suggestion', 'praise', 'criticism', 'other']
export const URGENCIES: readonly Urgency[] = ['normal', 'urgent', 'complex']

/** What an operator writes down while somebody speaks. */
export interface Draft {
  words: string
  kind: Kind | ''
  topic: string
  urgency: Urgency | ''
  place: string
  area: string
  /** When it happened, as said: minutes of Shanghai's clock, empty when not said. */
  occurred: string
  name: string
  phone: string
  gender: 'male' | 'female' | ''
  anonymous: boolean
  confidential: boolean
  publish: boolean
  unit: string
  answer: string
  entry: string
}

export function blankDraft(): Draft {
  return {
    words: '', kind: '', topic: '', urgency: '', place: '', area: '', occurred: '', name: '', phone: '', gender: '',
    anonymous: false, confidential: false, publish: true, unit: '', answer: '', entry: '',
  }
}

/** The draft as it is sent; what was left open is the backend's to suggest. */
export function bodyOf(draft: Draft, callId: string | null): RegisterRequest {
  const { words, kind, topic, urgency, place, area, occurred, name, phone, gender } = draft
  return {
    words: words.trim(),
    title: '',
    channel: 'call',
    request_type: kind || null,
    topic,
    urgency: urgency || null,
    place: { words: place.trim(), area_code: area },
    occurred_at: occurred ? `${occurred}:00+08:00` : null,
    caller: { name: name.trim(), phone: phone.replace(/[^0-9+-]/g, ''), gender },
    anonymous: draft.anonymous,
    confidential: draft.confidential || kind === 'report',
    petition: false,
    public: draft.publish,
    call_id: callId,
  }
}
