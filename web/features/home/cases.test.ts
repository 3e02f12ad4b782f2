import type { CaseSummary } from '@suqian/api-client'
import { describe, expect, it } from 'vitest'

import { offeredByName, underWay, waitingForMe } from './cases.ts'

function one(id: string, state: CaseSummary['state'], updated_at = '2026-12-01'): CaseSummary {
  return { id, state, updated_at } as CaseSummary
}

describe('the first page', () => {
  const cases = [one('a', 'in_review', '2026-12-01'), one('b', 'supplement_required'), one('c', 'closed'), one('d', 'approved', '2026-12-03')]

  it('puts what an agency waits for before what was only begun', () => {
    expect(waitingForMe(cases, [one('e', 'draft')]).map(({ id }) => id)).toEqual(['b', 'e'])
  })

  it('shows what runs, latest change first, and nothing that is over', () => {
    expect(underWay(cases).map(({ id }) => id)).toEqual(['d', 'a'])
  })

  it('says an item once, however many bodies offer it', () => {
    const item = (id: string, name: string) => ({ id, name, name_en: '' })
    expect(offeredByName([item('1', 'x'), item('2', 'y'), item('3', 'y')])).toEqual([
      { name: 'y', name_en: '', id: null, bodies: 2 },
      { name: 'x', name_en: '', id: '1', bodies: 1 },
    ])
  })
})
