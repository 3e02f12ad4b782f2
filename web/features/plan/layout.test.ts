import type { CentrePlan, ServiceWindow } from '@suqian/api-client'
import { describe, expect, it } from 'vitest'

import { fillingZoom, isOpenAt, mattersFor, neighbour, presenceAt, viewOf, withoutPresence } from './layout.ts'

const at = (number: string, x: number, y: number) => ({ number, box: { x, y, width: 10, height: 10 } })
const rows = [at('A1', 0, 0), at('A2', 20, 0), at('A3', 40, 0), at('B1', 0, 40), at('B2', 30, 40)]

describe('moving over the plan by keys', () => {
  it('goes to the next window in the row', () => {
    expect(neighbour(rows[0]!, rows, 'right')?.number).toBe('A2')
    expect(neighbour(rows[2]!, rows, 'left')?.number).toBe('A2')
  })

  it('goes to the row below, straight ahead first', () => {
    expect(neighbour(rows[0]!, rows, 'down')?.number).toBe('B1')
    expect(neighbour(rows[2]!, rows, 'down')?.number).toBe('B2')
  })

  it('stays at the edge', () => {
    expect(neighbour(rows[0]!, rows, 'left')).toBeNull()
  })
})

const plan = {
  items: [{ id: 'i1', name: '护士执业注册', name_en: 'Registration of a nurse' }],
  halls: [
    {
      zones: [
        {
          windows: [
            { number: 'F02', name: '卫生健康', name_en: 'Health', item_ids: ['i1'], counter_services: [] },
            { number: 'A02', name: '综合受理', name_en: '', item_ids: ['i1'], counter_services: ['契税申报'] },
            { number: 'A04', name: '综合受理', name_en: '', item_ids: ['i1'], counter_services: ['护照'], closure: { reason: '升级' } },
          ],
        },
      ],
    },
  ],
} as unknown as CentrePlan

describe('looking for a matter', () => {
  it('names every window that does it', () => {
    expect(mattersFor(plan, '护士', false)).toEqual([{ name: '护士执业注册', numbers: ['F02', 'A02'] }])
  })

  it('finds what is done at the counter only, and items by their English names', () => {
    expect(mattersFor(plan, '契税', false)[0]?.numbers).toEqual(['A02'])
    expect(mattersFor(plan, 'nurse', true)[0]?.name).toBe('Registration of a nurse')
  })

  it('sends nobody to a shut window while another does the same', () => {
    expect(mattersFor(plan, '护', false)).toEqual([
      { name: '护士执业注册', numbers: ['F02', 'A02'] },
      { name: '护照', numbers: ['A04'] },
    ])
  })

  it('finds nothing for no words', () => {
    expect(mattersFor(plan, '  ', false)).toEqual([])
  })
})

describe('opening hours', () => {
  const day = { date: '2026-11-23', intervals: [{ opens: '09:00', closes: '12:00' }] }
  it('counts the opening minute and not the closing one', () => {
    expect(isOpenAt(day, '2026-11-23', '09:00')).toBe(true)
    expect(isOpenAt(day, '2026-11-23', '12:00')).toBe(false)
    expect(isOpenAt(day, '2026-11-24', '10:00')).toBe(false)
  })
})

describe('zooming', () => {
  it('shows the whole hall at first and never what lies beyond its walls', () => {
    const hall = { width: 600, height: 400 }
    expect(viewOf(hall, 1, { x: 10, y: 10 })).toEqual({ x: 0, y: 0, width: 600, height: 400 })
    expect(viewOf(hall, 2, { x: 590, y: 0 })).toEqual({ x: 300, y: 0, width: 300, height: 200 })
  })

  it('fills an upright drawing from floor to ceiling, and still shows the whole hall when asked to', () => {
    const hall = { width: 600, height: 400 }
    expect(fillingZoom(hall, 400 / 600)).toBe(1)
    expect(fillingZoom(hall, 1)).toBe(1.5)
    expect(viewOf(hall, 1.5, { x: 0, y: 200 }, 1)).toEqual({ x: 0, y: 0, width: 400, height: 400 })
    expect(viewOf(hall, 1, { x: 300, y: 200 }, 1)).toEqual({ x: 0, y: -100, width: 600, height: 600 })
  })
})

describe('who is at a window', () => {
  const window = (staffing: ServiceWindow['staffing'], closure: ServiceWindow['closure'] = null) => ({ staffing, closure }) as ServiceWindow
  const rostered = { rostered: true, staffed: true, shown_as: '综合岗' }

  it('says whether the person on duty has come', () => {
    expect(presenceAt(window(rostered))).toBe('there')
    expect(presenceAt(window({ ...rostered, staffed: false }))).toBe('away')
  })

  it('says nothing without a roster, out of hours or at a shut window', () => {
    expect(presenceAt(window(null))).toBeNull()
    expect(presenceAt(window({ ...rostered, rostered: false }))).toBeNull()
    expect(presenceAt(window(rostered, { reason: '检修', reason_en: '', until: null, instead: '' }))).toBeNull()
  })

  it('forgets it in a plan that was kept', () => {
    const kept = { halls: [{ zones: [{ windows: [window(rostered)] }] }] } as unknown as CentrePlan
    expect(withoutPresence(kept).halls[0]?.zones[0]?.windows[0]?.staffing).toBeNull()
  })
})
