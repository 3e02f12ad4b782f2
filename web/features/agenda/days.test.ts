import { describe, expect, it } from 'vitest'

import { addDays, mondayOf, onDay, weekOf } from './days.ts'

describe('weeks', () => {
  it('begin on Monday, also for a Sunday and across years', () => {
    expect(mondayOf('2026-11-23')).toBe('2026-11-23')
    expect(mondayOf('2026-11-29')).toBe('2026-11-23')
    expect(mondayOf('2027-01-01')).toBe('2026-12-28')
    expect(weekOf('2026-11-25')).toHaveLength(7)
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
  })

  it('show an entry on each day it touches, by the clock of Suqian', () => {
    const entry = { starts_at: '2026-11-23T22:00:00.000+08:00', ends_at: '2026-11-25T00:00:00.000+08:00' }
    expect(['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25'].map((day) => onDay(entry, day))).toEqual([false, true, true, false])
    expect(onDay({ starts_at: '2026-11-23T09:00:00.000+08:00', ends_at: '2026-11-23T09:00:00.000+08:00' }, '2026-11-23')).toBe(true)
  })
})
