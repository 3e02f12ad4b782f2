/** What the embedded carrier shows and takes. Its answers are no part of the contract: it is there in demonstrations only. */
export interface ShownText {
  id: string
  peer: string
  text: string
  /** Whether the phone's owner wrote it. */
  inbound: boolean
  /** Where the sender believes it stands; null for replies. */
  state: string | null
  at: string
}
export interface KnownNumber {
  number: string
  last: string
  at: string
}
interface SignedForm {
  path: string
  fields: Record<string, string>
  signature: string
}

/** The carrier refused; `message` is for the person. */
export class Refused extends Error {}

export function readNumbers(): Promise<{ sender: string; numbers: KnownNumber[] }> {
  return ask('numbers')
}

export function readTexts(number: string): Promise<{ number: string; texts: ShownText[] }> {
  return ask(`texts?number=${encodeURIComponent(number)}`)
}

/** Send a reply as the carrier would: over the signed webhook. */
export async function reply(number: string, to: string, text: string): Promise<void> {
  const body = JSON.stringify({ number, to, text })
  const form = await ask<SignedForm>('replies', { method: 'POST', body, headers: { 'Content-Type': 'application/json' } })
  const headers = { 'X-Twilio-Signature': form.signature }
  const taken = await fetch(form.path, { method: 'POST', headers, body: new URLSearchParams(form.fields) })
  if (!taken.ok) throw new Refused(taken.statusText)
}

async function ask<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  const headers = { Accept: 'application/json', ...init.headers }
  const response = await fetch(`/handset/api/${path}`, { cache: 'no-store', ...init, headers })
  const answer: unknown = await response.json().catch(() => ({}))
  if (!response.ok) throw new Refused((answer as { detail?: string }).detail ?? response.statusText)
  return answer as Answer
}
