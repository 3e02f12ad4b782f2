import { describe, expect, it } from 'vitest'

import { dayOf, daysBetween, fileSize, friendlyDay, money, phoneWords } from './index.ts'

describe('days and sums', () => {
  it('counts days in Suqian, not where the phone is', () => {
    expect(dayOf('2026-12-05T16:30:00Z')).toBe('2026-12-06')
    expect(dayOf('2026-12-05T15:30:00Z')).toBe('2026-12-05')
  })

  it('counts calendar days across months and backwards', () => {
    expect(daysBetween('2026-02-27', '2026-03-02')).toBe(3)
    expect(daysBetween('2026-03-02', '2026-02-27')).toBe(-3)
  })

  it('names the year only when it is another one', () => {
    const year = new Date().getFullYear()
    expect(friendlyDay(`${year}-12-06`)).toMatch(/^12月6日/)
    expect(friendlyDay(`${year + 1}-12-06`)).toMatch(new RegExp(`^${year + 1}年12月6日`))
  })

  it('shows fen as yuan and bytes in steps of a thousand', () => {
    expect(money(12050)).toBe('¥120.50')
    expect([fileSize(10), fileSize(345_600), fileSize(3_400_000)]).toEqual(['1 kB', '346 kB', '3.4 MB'])
  })
})

describe('numbers as people read them', () => {
  it('parts a mobile in three and leaves others as they are', () => {
    expect([phoneWords('+8613805271450'), phoneWords('0527-84358888'), phoneWords('')]).toEqual(['138 0527 1450', '0527-84358888', ''])
  })
})
