import { expect, it } from 'vitest'

import { clockTime, leading, monthBeside, placesBefore } from './days.ts'

it('goes over the turn of a year', () => {
  expect(monthBeside('2026-12', 1)).toBe('2027-01')
  expect(monthBeside('2026-01', -1)).toBe('2025-12')
})

it('puts the first of a month under its weekday', () => {
  expect(placesBefore('2026-11')).toBe(6)
  expect(placesBefore('2026-06')).toBe(0)
})

it('reads a moment on the clock of Suqian', () => {
  expect(clockTime('2026-11-23T16:30:00Z')).toBe('00:30')
  expect(clockTime(null)).toBe('–')
})

it('lets what is missing outweigh what explains', () => {
  expect(leading(['leave', 'absent'])).toBe('absent')
  expect(leading([])).toBeNull()
})
