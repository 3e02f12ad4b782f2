import { describe, expect, it } from 'vitest'

import { fenOfYuan, standingOf } from './papers.ts'

describe('papers of a company', () => {
  it('say when they end', () => {
    const day = '2026-12-01'
    expect([standingOf(null, day), standingOf('2027-12-01', day), standingOf('2026-12-31', day), standingOf('2026-11-30', day)]).toEqual([
      'lasting', 'good', 'soon', 'over',
    ])
    expect(standingOf(day, day)).toBe('soon')
  })
})

describe('a price', () => {
  it('is read to the fen without going through floating point', () => {
    expect([fenOfYuan('9,480,000.10'), fenOfYuan('0.29'), fenOfYuan('1.1'), fenOfYuan('')]).toEqual([948_000_010, 29, 110, null])
    expect([fenOfYuan('1.234'), fenOfYuan('-1'), fenOfYuan('1e5'), fenOfYuan('12.')]).toEqual([null, null, null, null])
  })
})
