import { describe, expect, it } from 'vitest'

import { clockOf, dueView } from './due.ts'

const NOW = Date.parse('2026-03-02T10:00:00+08:00')

describe('time left at a desk', () => {
  it('speaks in minutes, hours, days', () => {
    expect(dueView('2026-03-02T10:25:30+08:00', NOW)).toEqual({ tone: 'danger', words: 'minutes', count: 25 })
    expect(dueView('2026-03-02T13:00:00+08:00', NOW)).toEqual({ tone: 'notice', words: 'hours', count: 3 })
    expect(dueView('2026-03-03T17:30:00+08:00', NOW)).toEqual({ tone: 'active', words: 'hours', count: 31 })
    expect(dueView('2026-03-09T17:30:00+08:00', NOW)).toEqual({ tone: 'active', words: 'days', count: 7 })
  })

  it('says what is over, and nothing without a limit', () => {
    expect(dueView('2026-03-02T09:59:59+08:00', NOW)).toEqual({ tone: 'danger', words: 'overMinutes', count: 1 })
    expect(dueView('2026-02-27T10:00:00+08:00', NOW)).toEqual({ tone: 'danger', words: 'overDays', count: 3 })
    expect(dueView(null, NOW).words).toBe('none')
  })

  it('shows a talk as a clock does', () => {
    expect([clockOf(0), clockOf(75), clockOf(3601)]).toEqual(['0:00', '1:15', '60:01'])
  })
})
