import type { Hot } from '@suqian/api-client'
import { expect, it } from 'vitest'

import { heatOf, mondaysUntil } from './hot.ts'

const one = (topic: string, area_code: string, week: string, count: number): Hot => ({ topic, path: topic, area_code, week, count })
const HOT = [one('lamp', '321302', '2026-11-02', 4), one('noise', '321311', '2026-11-16', 3), one('lamp', '321311', '2026-11-16', 2)]

it('sums the areas, keeps empty weeks, puts the most asked first', () => {
  const heat = heatOf(HOT, mondaysUntil('2026-11-18', 3), '')
  expect(heat.weeks).toEqual(['2026-11-02', '2026-11-09', '2026-11-16'])
  expect(heat.rows.map((row) => [row.topic, row.counts, row.sum])).toEqual([['lamp', [4, 0, 2], 6], ['noise', [0, 0, 3], 3]])
  expect(heat.most).toBe(4)
})

it('shows one area alone', () => {
  expect(heatOf(HOT, mondaysUntil('2026-11-22', 3), '321311').rows.map((row) => row.topic)).toEqual(['noise', 'lamp'])
  expect(heatOf([], [], '').rows).toEqual([])
})
