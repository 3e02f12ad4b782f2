import { describe, expect, it } from 'vitest'

import { MOST, shownSize, turned, within, zoomedIn, zoomedOut } from './fit.ts'

describe('a page on the stage', () => {
  const stage = { width: 400, height: 600 }

  it('is seen whole at first, upright or lying', () => {
    expect(shownSize({ width: 800, height: 600 }, stage, 0, 1).box).toEqual({ width: 400, height: 300 })
    const lying = shownSize({ width: 800, height: 600 }, stage, 90, 1)
    expect(lying.box).toEqual({ width: 400, height: 400 * (800 / 600) })
    expect(lying.page).toEqual({ width: 400 * (800 / 600), height: 400 })
  })

  it('grows with the zoom, between whole and six times', () => {
    expect(shownSize({ width: 800, height: 600 }, stage, 0, 2).box.width).toBe(800)
    expect([zoomedIn(5), zoomedOut(1.2), within(0.2), within(99)]).toEqual([MOST, 1, 1, MOST])
  })

  it('turns by quarters, and survives a page without size', () => {
    expect([turned(0), turned(270)]).toEqual([90, 0])
    expect(shownSize({ width: 0, height: 0 }, stage, 0, 1).box).toEqual({ width: 0, height: 0 })
  })
})
