import { describe, expect, it } from 'vitest'

import { count, days, share } from './figures.ts'

describe('figures', () => {
  it('says shares to a tenth of a per cent and days to a tenth', () => {
    expect(share(0.98765)).toBe('98.8%')
    expect(share(1)).toBe('100.0%')
    expect(days(3.456)).toBe('3.5')
    expect(count(12345)).toBe('12,345')
  })

  it('makes no zero of what is hidden', () => {
    expect([share(null), days(null), count(null)]).toEqual([null, null, null])
  })
})
