import { answer, intentKey, Unreachable, type PunchBodyRequest, type PunchShape } from '@suqian/api-client'
import { useOutbox, type Entry } from '@suqian/offline'
import { useApi } from '@suqian/session'

/** A punch that waits in this device; all of one person go in their order. */
export const PUNCH = 'attendance-punch'
export type Kind = 'in' | 'out'
export type Position = Pick<PunchBodyRequest, 'latitude' | 'longitude' | 'accuracy'>

const POSITION_MS = 6000

/** Tell the outbox how a punch that waited is sent. */
export function registerPunching(): void {
  useOutbox().handle(PUNCH, sendWaiting, { free: true })
}

/**
 * Punch now. Without a network the moment is kept and sent later, marked as such: a second key is safe, since the server
 * takes two punches of a kind within a minute for one. Null when it waits. Throws ApiProblem when the server refuses.
 */
export async function punch(kind: Kind): Promise<PunchShape | null> {
  const at = new Date()
  const body: PunchBodyRequest = { kind, queued: false, ...(await whereNow()) }
  try {
    return await send(body, intentKey())
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
    const waiting: PunchBodyRequest = { ...body, queued: true, punched_at: at.toISOString() }
    await useOutbox().add({ subject: PUNCH, kind: PUNCH, payload: waiting })
    return null
  }
}

/** Where the device is at this moment; nothing when it does not say, which never stops a punch. */
export function whereNow(): Promise<Position> {
  const nowhere: Position = { accuracy: 0 }
  if (!('geolocation' in navigator)) return Promise.resolve(nowhere)
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ latitude: coords.latitude, longitude: coords.longitude, accuracy: Math.min(coords.accuracy, 100_000) }),
      () => resolve(nowhere),
      { enableHighAccuracy: true, maximumAge: 0, timeout: POSITION_MS },
    )
  })
}

async function sendWaiting(entry: Entry): Promise<void> {
  await send(entry.payload as PunchBodyRequest, entry.key)
}

function send(body: PunchBodyRequest, key: string): Promise<PunchShape> {
  return answer(useApi().POST('/api/v1/attendance/punches', { body, params: { header: { 'Idempotency-Key': key } } }))
}
