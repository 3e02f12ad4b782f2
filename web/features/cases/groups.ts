import type { CaseSummary } from '@suqian/api-client'

export const GROUPS = ['all', 'mine', 'running', 'done'] as const
export type Group = (typeof GROUPS)[number]

const MINE = new Set(['draft', 'supplement_required'])
const DONE = new Set(['closed', 'withdrawn', 'not_accepted'])

/** Whose turn it is: the applicant's, the agency's, or nobody's any more. */
export function groupOf(state: string): Exclude<Group, 'all'> {
  if (MINE.has(state)) return 'mine'
  return DONE.has(state) ? 'done' : 'running'
}

/** Rows kept up to date: each as the live state has it where that is newer; what is only there comes first. */
export function joined(rows: readonly CaseSummary[], live: readonly CaseSummary[]): CaseSummary[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  for (const row of live) {
    const known = byId.get(row.id)
    if (!known || row.version > known.version) byId.set(row.id, { ...known, ...row })
  }
  return [...byId.values()].sort((one, other) => (one.updated_at < other.updated_at ? 1 : -1))
}

/** Whether an applicant may still take the case back. */
export function canWithdraw(state: string): boolean {
  return ['draft', 'submitted', 'supplement_required', 'in_review', 'special_procedure', 'pending_decision'].includes(state)
}
