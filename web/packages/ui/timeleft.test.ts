import { describe, expect, it } from 'vitest'

import { stretches, timeLeft } from './timeleft.ts'

describe('time left', () => {
  it('speaks by what is left, overdue before all else', () => {
    const due_on = '2026-12-06'
    expect(timeLeft({ due_on, remaining: 8, limit: 10 })).toMatchObject({ words: 'left', tone: 'active', left: 0.8 })
    expect(timeLeft({ due_on, remaining: 2, limit: 10 })).toMatchObject({ words: 'left', tone: 'notice' })
    expect(timeLeft({ due_on, remaining: 0 })).toMatchObject({ words: 'today', tone: 'danger' })
    expect(timeLeft({ due_on, remaining: -3, overdue: true, limit: 10 })).toMatchObject({
      words: 'overdue', tone: 'danger', count: 3, left: 0,
    })
    expect(timeLeft({ due_on, remaining: 4, state: 'paused' })).toMatchObject({ words: 'paused', tone: 'notice' })
    expect(timeLeft({ due_on })).toMatchObject({ words: 'by', left: null })
    expect(timeLeft({ due_on: null })).toMatchObject({ words: 'none' })
  })

  it('puts days of one reason together', () => {
    const day = (name: string, counted: boolean, reason: string) => ({ day: name, counted, reason, number: null })
    const days = [
      day('2026-12-01', false, 'first_day'), day('2026-12-02', true, 'counted'), day('2026-12-03', true, 'counted'),
      day('2026-12-04', false, 'weekend'), day('2026-12-05', false, 'weekend'), day('2026-12-06', true, 'counted'),
    ]
    expect(stretches(days).map(({ from, to, days: count }) => [from, to, count])).toEqual([
      ['2026-12-01', '2026-12-01', 1], ['2026-12-02', '2026-12-03', 2],
      ['2026-12-04', '2026-12-05', 2], ['2026-12-06', '2026-12-06', 1],
    ])
  })
})
