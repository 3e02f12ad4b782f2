import type { Channels } from '@suqian/api-client'

/** How long something may wait before it is worth a word, in seconds. A code is waited for. */
const PATIENCE = { otp: 10, statutory: 300, bulk: 3600, pushes: 120, webhooks: 900, events: 60 } as const
const SILENT_SECONDS = 90

/** Something that is not as it should be: a key of the texts, how many, how long. */
export interface Trouble {
  name: string
  number: number
  seconds: number
  /** Whether nobody should go home before it is mended. */
  isPressing: boolean
}

/** What is wrong, the pressing first; empty when all is well. */
export function troubles(found: Channels): Trouble[] {
  const list = [...ofTexts(found), ...ofCarriers(found), ...ofOthers(found), ...ofInside(found)].filter((one) => one.number > 0)
  return list.sort((one, other) => Number(other.isPressing) - Number(one.isPressing))
}

const trouble = (name: string, number: number, seconds = 0, isPressing = false): Trouble => ({ name, number, seconds, isPressing })
const late = (name: string, number: number, seconds: number, patience: number, isPressing = false) => trouble(name, seconds > patience ? Math.max(number, 1) : 0, seconds, isPressing)

function ofTexts(found: Channels): Trouble[] {
  return found.texts.flatMap((row) => [
    late(`late_${row.purpose}`, row.number, row.oldest_seconds, PATIENCE[row.purpose], row.purpose !== 'bulk'),
    trouble(`failed_${row.purpose}`, row.failed_lately),
  ])
}

function ofCarriers(found: Channels): Trouble[] {
  const away = found.carriers.filter((row) => row.circuit === 'open' || row.circuit === 'held').length
  const isAll = away === found.carriers.length
  return [trouble(isAll ? 'all_carriers' : 'a_carrier', away, 0, isAll)]
}

function ofOthers({ pushes, webhooks }: Channels): Trouble[] {
  return [
    late('late_pushes', pushes.number, pushes.oldest_seconds, PATIENCE.pushes),
    late('late_webhooks', webhooks.number, webhooks.oldest_seconds, PATIENCE.webhooks),
    trouble('parked_webhooks', webhooks.parked),
    trouble('disabled_partners', webhooks.disabled),
  ]
}

function ofInside(found: Channels): Trouble[] {
  const silent = found.queues.map((row) => row.silent_seconds ?? 0).filter((seconds) => seconds > SILENT_SECONDS)
  return [
    late('late_events', 1, found.events.oldest_seconds, PATIENCE.events, true),
    trouble('parked_events', parkedEvents(found), 0, true),
    trouble('silent', silent.length, Math.max(0, ...silent), true),
  ]
}

/** Events that a reader failed at five times. */
export function parkedEvents(found: Channels): number {
  return Object.values(found.events.parked).reduce((sum, number) => sum + number, 0)
}

/** The unit in which a time is best said, and how many of it: 95 s are 2 minutes. */
export function spell(seconds: number): { unit: 'seconds' | 'minutes' | 'hours'; number: number } {
  if (seconds < 90) return { unit: 'seconds', number: Math.round(seconds) }
  return seconds < 5400 ? { unit: 'minutes', number: Math.round(seconds / 60) } : { unit: 'hours', number: Math.round(seconds / 3600) }
}

/** Thousandths of a yuan as yuan. */
export function yuan(milli: number): string {
  return (milli / 1000).toFixed(3).replace(/0$/, '')
}
