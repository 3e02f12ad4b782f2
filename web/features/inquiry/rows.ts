import type { InquirySummary } from '@suqian/api-client'

export const GROUPS = ['own', 'followed'] as const
export type Group = (typeof GROUPS)[number]

/** Rows kept up to date: each as the live state has it where that is newer. */
export function refreshed(rows: readonly InquirySummary[], live: readonly InquirySummary[]): InquirySummary[] {
  const byId = new Map(live.map((row) => [row.id, row]))
  return rows.map((row) => {
    const now = byId.get(row.id)
    return now && now.version > row.version ? { ...row, ...now } : row
  })
}

/** Whether somebody still does something about it. */
export function isRunning(row: Pick<InquirySummary, 'clock'>): boolean {
  return row.clock !== 'none'
}
