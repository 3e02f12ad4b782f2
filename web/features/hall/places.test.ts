import { describe, expect, it } from 'vitest'

import { isIn, placesOf } from './places.ts'

describe('the navigation of the web hall', () => {
  it('leaves out what the app does not have', () => {
    const has = new Set(['home', 'catalogue', 'me'])
    expect(placesOf((name) => has.has(name)).map(({ route }) => route)).toEqual(['home', 'catalogue', 'me'])
  })

  it('marks the place a page belongs to, and no other', () => {
    const here = placesOf(() => true).filter((place) => isIn(place, 'item'))
    expect(here.map(({ route }) => route)).toEqual(['catalogue'])
  })
})
