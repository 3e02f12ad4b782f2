import { friendlyDay } from '@suqian/i18n'

export type Half = 'am' | 'pm'
export interface Span {
  starts_on: string
  starts_half: Half
  ends_on: string
  ends_half: Half
}

/** Days of an absence; halves are only named where the absence begins or ends within a day. */
export function wordsOf(span: Span, nameOf: (half: Half) => string): string {
  const from = friendlyDay(span.starts_on) + (span.starts_half === 'pm' ? ` ${nameOf('pm')}` : '')
  const to = friendlyDay(span.ends_on) + (span.ends_half === 'am' ? ` ${nameOf('am')}` : '')
  if (span.starts_on !== span.ends_on) return `${from} – ${to}`
  if (span.starts_half === span.ends_half) return `${friendlyDay(span.starts_on)} ${nameOf(span.starts_half)}`
  return friendlyDay(span.starts_on)
}

/** Whether the end does not come before the start. */
export function isOrdered(span: Span): boolean {
  return span.starts_on < span.ends_on || (span.starts_on === span.ends_on && span.starts_half <= span.ends_half)
}

/** The state by which a chip knows its look; its words come with the data. */
const LOOKS: Record<string, string> = { asked: 'in_review', granted: 'approved', refused: 'denied', withdrawn: 'withdrawn', cancelled: 'cancelled', returned: 'closed' }
export const lookOf = (state: string): string => LOOKS[state] ?? 'open'
