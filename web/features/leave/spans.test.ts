import { describe, expect, it } from 'vitest'

import { isOrdered, wordsOf, type Half, type Span } from './spans.ts'

const span = (starts_on: string, starts_half: Half, ends_on: string, ends_half: Half): Span => ({ starts_on, starts_half, ends_on, ends_half })
const words = (one: Span) => wordsOf(one, (half) => half)

describe('days of an absence', () => {
  it('names halves only where they matter', () => {
    const [whole, half, several] = [span('2099-03-02', 'am', '2099-03-02', 'pm'), span('2099-03-02', 'pm', '2099-03-02', 'pm'), span('2099-03-02', 'pm', '2099-03-04', 'am')]
    expect(words(whole)).not.toMatch(/am|pm/)
    expect(words(half)).toMatch(/ pm$/)
    expect(words(several)).toMatch(/ pm – .* am$/)
  })

  it('knows an end before the start', () => {
    expect(isOrdered(span('2099-03-02', 'pm', '2099-03-02', 'am'))).toBe(false)
    expect(isOrdered(span('2099-03-02', 'pm', '2099-03-03', 'am'))).toBe(true)
  })
})
