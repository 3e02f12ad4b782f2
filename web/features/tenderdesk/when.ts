import type { LawfulActShape } from '@suqian/api-client'

export interface When {
  key: 'doneOn' | 'at' | 'from' | 'until'
  day: string
  moment?: string
}

type Timed = Pick<LawfulActShape, 'state' | 'earliest' | 'latest' | 'moment' | 'done_on'>

/** What is said of an act's time: when it was done, or at what hour it is fixed, or from and until which day. */
export function whenOf(act: Timed): When[] {
  if (act.done_on) return doneOn(act.done_on, act.latest)
  if (act.moment && !act.latest) return [{ key: act.state === 'later' && act.earliest ? 'from' : 'at', day: '', moment: act.moment }]
  return [...(act.earliest && act.state !== 'over' ? [{ key: 'from' as const, day: act.earliest }] : []), ...until(act)]
}

function doneOn(day: string, latest: string | null): When[] {
  return [{ key: 'doneOn', day }, ...(latest && day > latest ? [{ key: 'until' as const, day: latest }] : [])]
}

function until({ latest, moment }: Timed): When[] {
  if (!latest) return []
  return [moment ? { key: 'until', day: latest, moment } : { key: 'until', day: latest }]
}

/** Before which act today stands: after all that is behind. */
export function placeOfToday(acts: readonly Pick<LawfulActShape, 'state'>[]): number {
  return acts.findIndex(({ state }) => state !== 'done' && state !== 'over')
}
