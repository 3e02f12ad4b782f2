import { describe, expect, it } from 'vitest'

import { period, sharesOf } from './figures.ts'

const figures = {
  received: 40, open: 10, unit_done: 30, heard: 20, citizen_solved: 15, citizen_satisfied: 10, contacted_asked: 0, contacted: 0,
  unreachable: 2, redone: 3, returned: 4, reopened: 1, by_type: [], by_channel: [],
}

describe('figures of the hotline', () => {
  it('keep the unit’s word and the citizens’ apart, each with its own denominator', () => {
    const shares = Object.fromEntries(sharesOf(figures).map((one) => [one.name, one]))
    expect(shares.unitDone).toMatchObject({ part: 30, whole: 40, percent: 75 })
    expect(shares.solved).toMatchObject({ part: 15, whole: 20, percent: 75 })
    expect(shares.satisfied).toMatchObject({ part: 10, whole: 20, percent: 50 })
  })

  it('say nothing where nothing was counted', () => {
    expect(sharesOf(figures).find((one) => one.name === 'contacted')?.percent).toBeNull()
  })

  it('reach back over a month’s end', () => {
    expect(period(30, '2026-03-10')).toEqual({ from: '2026-02-08', to: '2026-03-10' })
  })
})
