import { ApiProblem, Unreachable, type Problem } from '@suqian/api-client'
import type { Bytes } from '@suqian/sealing'
import { authorisedHeaders, currentToken } from '@suqian/session'

import { stepsFrom, type Parcel } from './parcels.ts'

/** What sending needs of the world; tests give their own. */
export interface Carrier {
  read(id: string, first: number): Promise<Bytes | null>
  put(bidId: string, first: number, steps: Bytes): Promise<number[]>
  pause(attempt: number): Promise<void>
}
const ATTEMPTS = 6

/** The ciphertext is no longer on this device; it has to be sealed anew. */
export class ParcelLost extends Error {}

/**
 * Send what the server still misses, up to eight steps a call; a broken line is tried again from where it broke.
 * Throws ApiProblem, ParcelLost, and Unreachable when the line stays broken.
 */
export async function sendSteps(
  parcel: Parcel,
  missing: readonly number[],
  told: (fraction: number) => void,
  carrier: Carrier = overTheNet,
): Promise<void> {
  const count = parcel.announced.step_count
  let left = [...missing]
  while (left.length > 0) {
    const first = left[0] ?? 0
    told(first / count)
    const steps = await carrier.read(parcel.id, first)
    if (!steps) throw new ParcelLost('no ciphertext')
    left = await again(() => carrier.put(parcel.bidId ?? '', first, steps), carrier)
  }
  told(1)
}

async function again<T>(send: () => Promise<T>, carrier: Carrier): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send()
    } catch (error) {
      const passes = error instanceof Unreachable || (error instanceof ApiProblem && error.isPassing)
      if (!passes || attempt >= ATTEMPTS) throw error
      await carrier.pause(attempt)
    }
  }
}

const overTheNet: Carrier = {
  read: stepsFrom,
  put,
  pause: (attempt) => new Promise((resolve) => setTimeout(resolve, Math.min(8000, 500 * 2 ** attempt))),
}

async function put(bidId: string, first: number, steps: Bytes): Promise<number[]> {
  const token = currentToken()
  const once = await reach(bidId, first, steps, await authorisedHeaders())
  const response = once.status === 401 && token ? await reach(bidId, first, steps, await authorisedHeaders(token)) : once
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) throw new ApiProblem((body ?? {}) as Partial<Problem>, response)
  return (body as { missing_steps: number[] }).missing_steps
}

async function reach(bidId: string, first: number, body: Bytes, headers: Record<string, string>): Promise<Response> {
  try {
    const type = { 'Content-Type': 'application/octet-stream' }
    return await fetch(`/api/v1/tenders/bids/${bidId}/steps/${first}`, { method: 'PUT', headers: { ...headers, ...type }, body })
  } catch (error) {
    throw new Unreachable(error)
  }
}
