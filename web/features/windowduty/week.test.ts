import { describe, expect, it } from 'vitest'

import { dutiesOf, linesOf, weekOf, type Line } from './week.ts'

const line: Line = { id: 'a', name: 'A', shownAs: ' 03 ', on: new Set(['2026-11-23 am', '2026-11-24 pm']) }

describe('a week of duties', () => {
  it('begins on Monday, on Sundays too, and goes over the end of a year', () => {
    expect(weekOf('2026-11-29')[0]).toBe('2026-11-23')
    expect(weekOf('2026-11-23')[6]).toBe('2026-11-29')
    expect(weekOf('2026-12-30', 1)[0]).toBe('2027-01-04')
  })

  it('leaves the days before alone', () => {
    expect(dutiesOf([line], weekOf('2026-11-24'), '2026-11-24')).toEqual([{ person_id: 'a', day: '2026-11-24', half: 'pm', shown_as: '03' }])
  })

  it('gathers the duties of one person in a line', () => {
    const window = { id: 'w', number: '1', name: '', centre_code: '', centre_name: '' }
    const duty = { id: '1', person_id: 'a', name: 'A', day: '2026-11-23', half: 'am' as const, starts_at: '', ends_at: '', shown_as: '03' }
    const [found, ...others] = linesOf({ window, version: 1, items: [duty, { ...duty, id: '2', half: 'pm' }] })
    expect([found?.on.size, others.length]).toEqual([2, 0])
  })
})
