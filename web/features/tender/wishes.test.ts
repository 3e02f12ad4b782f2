import { describe, expect, it } from 'vitest'

import { NO_SEARCH, asWishes, asked, fenOf, filtersSet, inAddress, searchIn, tenThousands } from './wishes.ts'

describe('what somebody looks for', () => {
  it('stands in the address and comes back out of it, without what is not known', () => {
    const search = { ...NO_SEARCH, q: '道路', category: 'works', band: 'large' } // not a text: words looked for
    expect(searchIn(inAddress(search))).toEqual(search)
    expect(searchIn({ category: 'ships', state: ['bidding'], within: '9999' })).toEqual(NO_SEARCH)
  })

  it('asks the server for fen and a moment by its clock', () => {
    const now = Date.parse('2026-12-01T00:00:00Z')
    expect(asked({ ...NO_SEARCH, q: ' ', band: 'small', within: '7' }, now)).toEqual({
      max_fen: 100_000_000,
      closes_before: '2026-12-08T00:00:00.000Z',
    })
    expect(filtersSet({ ...NO_SEARCH, q: 'x', state: 'bidding', region: '321302' })).toBe(2)
  })

  it('becomes a subscription without what is of the moment', () => {
    const wishes = asWishes({ ...NO_SEARCH, q: 'CT', state: 'bidding', within: '3', region: '321322', band: 'huge' })
    expect(wishes).toMatchObject({ keyword: 'CT', regions: ['321322'], categories: [], min_fen: 5_000_000_000, max_fen: null })
  })

  it('reads ten thousands of yuan as people write them', () => {
    expect([fenOf('1,200.5'), fenOf(''), fenOf('x'), fenOf('-3')]).toEqual([1_200_500_000, null, null, null])
    expect([tenThousands(1_200_500_000), tenThousands(null)]).toEqual(['1200.5', ''])
  })
})
