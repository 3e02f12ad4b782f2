import { describe, expect, it } from 'vitest'

import { placeOfToday, whenOf } from './when.ts'

const act = (state: string, more: Partial<Record<'earliest' | 'latest' | 'moment' | 'done_on', string>> = {}) => {
  return { state: state as 'now', earliest: null, latest: null, moment: null, done_on: null, ...more }
}

describe('the time of an act', () => {
  it('says when it was done, and the last day only when it was missed', () => {
    expect(whenOf(act('done', { done_on: '2026-10-02', latest: '2026-10-08' }))).toEqual([{ key: 'doneOn', day: '2026-10-02' }])
    expect(whenOf(act('done', { done_on: '2026-10-09', latest: '2026-10-08' })).map(({ key }) => key)).toEqual(['doneOn', 'until'])
  })

  it('says the hour where one is fixed', () => {
    expect(whenOf(act('later', { moment: '2026-10-08T09:00:00+08:00' }))[0]?.key).toBe('at')
    expect(whenOf(act('later', { moment: '2026-10-08T09:00:00+08:00', earliest: '2026-10-08' }))[0]?.key).toBe('from')
  })

  it('says from and until which day, and of what is over only the end', () => {
    const both = { earliest: '2026-10-02', latest: '2026-10-08' }
    expect(whenOf(act('now', both)).map(({ key }) => key)).toEqual(['from', 'until'])
    expect(whenOf(act('over', both)).map(({ key }) => key)).toEqual(['until'])
  })
})

describe('today on the line', () => {
  it('stands before the first act that is not behind', () => {
    expect(placeOfToday([act('done'), act('over'), act('now'), act('later')])).toBe(2)
    expect(placeOfToday([act('done')])).toBe(-1)
  })
})
