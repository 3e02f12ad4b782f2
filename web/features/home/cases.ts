import type { CaseSummary } from '@suqian/api-client'

const WAITING = new Set(['draft', 'supplement_required'])
const OVER = new Set(['closed', 'withdrawn', 'not_accepted', 'denied'])

/** What the person has to do: hand in what was asked for, then finish what was begun. */
export function waitingForMe(cases: readonly CaseSummary[], drafts: readonly CaseSummary[]): CaseSummary[] {
  return [...cases.filter((one) => one.state === 'supplement_required'), ...drafts]
}

/** What is under way at the agencies, latest change first. */
export function underWay(cases: readonly CaseSummary[]): CaseSummary[] {
  const running = cases.filter((one) => !WAITING.has(one.state) && !OVER.has(one.state))
  return running.sort((one, other) => (one.updated_at < other.updated_at ? 1 : -1))
}

/** Items that many bodies offer under one name, as one line each. */
export interface Offered {
  name: string
  name_en: string
  /** Id of the item when only one body offers it. */
  id: string | null
  bodies: number
}

/** Put items of one name together, those offered in most places first. */
export function offeredByName(items: readonly { id: string; name: string; name_en: string }[]): Offered[] {
  const byName = new Map<string, Offered>()
  for (const { id, name, name_en } of items) {
    const known = byName.get(name)
    byName.set(name, { name, name_en, id: known ? null : id, bodies: (known?.bodies ?? 0) + 1 })
  }
  return [...byName.values()].sort((one, other) => other.bodies - one.bodies)
}
