import type { CaseSummary } from '@suqian/api-client'
import { describe, expect, it } from 'vitest'

import { groupOf, joined } from './groups.ts'

function row(id: string, version: number, updated: string, state: CaseSummary['state'] = 'submitted'): CaseSummary {
  return {
    id, version, state, updated_at: updated, case_no: null, power_id: 'p', power_name: '', organisation_name: '',
    state_label: state, outcome: null, due_on: null, submitted_at: null,
  }
}

describe('the list of my cases', () => {
  it('takes what is newer from the live state, and what is only there', () => {
    const rows = joined([row('a', 2, '2026-01-02'), row('b', 5, '2026-01-01')], [row('a', 1, '2026-01-03'), row('b', 6, '2026-01-04', 'in_review'), row('c', 1, '2026-01-05')])
    expect(rows.map((one) => [one.id, one.version])).toEqual([['c', 1], ['b', 6], ['a', 2]])
    expect(rows[1]?.state).toBe('in_review')
  })

  it('tells whose turn it is', () => {
    expect(['draft', 'supplement_required', 'submitted', 'approved', 'closed', 'withdrawn'].map(groupOf)).toEqual([
      'mine', 'mine', 'running', 'running', 'done', 'done',
    ])
  })
})
