import { friendlyDay, friendlyTime, money } from '@suqian/i18n'

/** What a notice says, in the order people read it. */
const ORDER = [
  'content', 'scope', 'reason', 'planned_on', 'qualification', 'joint_bids', 'funds', 'documents_from', 'documents_until', 'how_to_get_documents',
  'applications_until', 'bids_until', 'how_to_hand_in', 'affects_bids', 'new_deadline', 'report_received_on', 'objections_to', 'amount_fen',
  'signed_on', 'period_start', 'period_end', 'contact',
] as const
const TIME = /^\d{4}-\d\d-\d\dT/
const DAY = /^\d{4}-\d\d-\d\d$/

/** The items of a notice's content that have something to say, as text. */
export function linesOf(content: Record<string, unknown>, words: { yes: string; no: string }): { name: string; text: string }[] {
  return ORDER.map((name) => ({ name, text: textOf(name, content[name], words) })).filter(({ text }) => text !== '')
}

function textOf(name: string, value: unknown, words: { yes: string; no: string }): string {
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'number') return name.endsWith('_fen') ? money(value) : String(value)
  if (typeof value !== 'string') return ''
  if (TIME.test(value)) return friendlyTime(value)
  return DAY.test(value) ? friendlyDay(value) : value
}
