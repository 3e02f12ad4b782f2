import { Unreachable } from '@suqian/api-client'
import { describe, expect, it, vi } from 'vitest'

import type { Parcel } from './parcels.ts'
import { ParcelLost, sendSteps, type Carrier } from './sending.ts'

const announced = { key_id: '', point: '', wrapped: '', commitment: '', step_count: 20, sha256: '', bid_version: 1 }
const parcel: Parcel = { id: 'p', announced, bidId: 'b', files: [], size: 1, sealedAt: '' }
const all = Array.from({ length: 20 }, (_, place) => place)

/** A server that keeps what arrives, eight steps a call. */
function carrier(arrived: Set<number>, change: Partial<Carrier> = {}): Carrier {
  return {
    read: async (_id, first) => new Uint8Array(8 - (first % 8)),
    put: async (_bid, first, steps) => {
      steps.forEach((_, at) => arrived.add(first + at))
      return all.filter((place) => !arrived.has(place))
    },
    pause: async () => undefined,
    ...change,
  }
}

describe('sending a sealed bid', () => {
  it('goes on after a broken line and sends only what is missing', async () => {
    const arrived = new Set([0, 1, 2])
    const told: number[] = []
    const whole = carrier(arrived)
    const put = vi.fn(whole.put).mockRejectedValueOnce(new Unreachable(new Error('line broke')))
    await sendSteps(parcel, all.slice(3), (fraction) => told.push(fraction), { ...whole, put })
    expect(put.mock.calls.map(([, first]) => first)).toEqual([3, 3, 8, 16])
    expect(arrived.size).toBeGreaterThanOrEqual(20)
    expect(told).toEqual([3 / 20, 8 / 20, 16 / 20, 1])
  })

  it('gives up when the line stays broken, and says so', async () => {
    const put = vi.fn(() => Promise.reject(new Unreachable(new Error('no line'))))
    await expect(sendSteps(parcel, [0], () => undefined, carrier(new Set(), { put }))).rejects.toBeInstanceOf(Unreachable)
    expect(put).toHaveBeenCalledTimes(6)
  })

  it('says when the ciphertext is gone from this device', async () => {
    const lost = carrier(new Set(), { read: async () => null })
    await expect(sendSteps(parcel, [0], () => undefined, lost)).rejects.toBeInstanceOf(ParcelLost)
  })
})
