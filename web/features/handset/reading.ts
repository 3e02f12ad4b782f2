import type { IconName, Tone } from '@suqian/ui'

import type { ShownText } from './carrier.ts'

const CODE_WORDS = /验证码|verification code/i // not a text: words looked for in texts
const RATING_WORDS = /评价|满意/ // not a text: words looked for in texts
const CODE = /(?<!\d)\d{6}(?!\d)/

/** The code in a text, if it brings one. */
export function codeIn(text: string): string | null {
  return CODE_WORDS.test(text) ? (CODE.exec(text)?.[0] ?? null) : null
}

/** Answers that fit the last text: marks where it asks for a rating. */
export function quickReplies(texts: readonly ShownText[]): string[] {
  const last = texts.filter((text) => !text.inbound).at(-1)
  return last && RATING_WORDS.test(last.text) ? ['5', '4', '3', '2', '1'] : []
}

/** `+8613805271234` as people read it. */
export function readable(number: string): string {
  return number.replace(/^\+86(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3')
}

export type Delivery = 'waiting' | 'underway' | 'delivered' | 'failed'
const DELIVERIES: Record<string, Delivery> = {
  queued: 'waiting', retrying: 'waiting', dispatching: 'waiting', unknown: 'underway',
  accepted: 'underway', sending: 'underway', sent: 'underway',
  delivered: 'delivered', failed: 'failed', undelivered: 'failed',
}
export const LOOKS: Record<Delivery, { icon: IconName; tone: Tone }> = {
  waiting: { icon: 'clock', tone: 'calm' },
  underway: { icon: 'send', tone: 'active' },
  delivered: { icon: 'check', tone: 'ok' },
  failed: { icon: 'alert', tone: 'danger' },
}

/** How far a text got, in four words. */
export function deliveryOf(state: string | null): Delivery | null {
  return state === null ? null : (DELIVERIES[state] ?? 'underway')
}

/** The numbers of the phones on the table, from the address, else as they were left, else the latest known ones. */
export function phonesAtFirst(query: string, kept: string | null, known: readonly string[], most: number): string[] {
  const asked = new URLSearchParams(query)
  const named = [...asked.getAll('number'), ...(asked.get('numbers') ?? '').split(',')].map(canonical).filter(Boolean)
  const left = kept ? (JSON.parse(kept) as string[]) : []
  const found = named.length > 0 ? named : left.length > 0 ? left : known.slice(0, 2)
  return [...new Set(found)].slice(0, most)
}

/** A number as it was typed, in the form the carrier keeps; empty when it can be no mobile number. */
export function canonical(typed: string): string {
  const digits = typed.normalize('NFKC').replace(/[\s-]/g, '').replace(/^(\+?86|0086)(?=1\d{10}$)/, '')
  return /^1\d{10}$/.test(digits) ? `+86${digits}` : ''
}
