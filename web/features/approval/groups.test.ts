import { describe, expect, it } from 'vitest'

import { counted, grouped, searchedDigits, urgencyOf } from './groups.ts'

const row = (remaining: number | null, overdue = false) => ({ due_on: '2026-11-27', remaining, overdue })

describe('to-dos by time left', () => {
  it('tells how pressing something is', () => {
    expect(urgencyOf({ due_on: null, remaining: null, overdue: false })).toBe('none')
    expect([row(-2, true), row(0), row(1), row(3), row(4)].map(urgencyOf)).toEqual([
      'overdue', 'today', 'soon', 'soon', 'later',
    ])
  })

  it('puts the most pressing first, keeps the order within, and shows no empty group', () => {
    const [late, today, far] = [row(-1, true), row(0), row(9)]
    expect(grouped([far, today, late, today])).toEqual([
      { urgency: 'overdue', rows: [late] },
      { urgency: 'today', rows: [today, today] },
      { urgency: 'later', rows: [far] },
    ])
    expect(counted([far, late, late])).toMatchObject({ overdue: 2, today: 0, later: 1 })
  })

  it('searches from three digits on, however they were typed', () => {
    expect(searchedDigits('18')).toBeNull()
    expect(searchedDigits('０１ 87')).toBe('0187')
  })
})
