import type { Parcel } from './parcels.ts'
import type { Order } from './sealing.ts'
import type { Told } from './worker.ts'

/** A bid could not be sealed on this device; nothing of it was sent. */
export class NotSealed extends Error {}

/** Seal a bid in a worker; resolves when its ciphertext lies on this device. Throws NotSealed. */
export function sealInWorker(id: string, order: Order, told: (fraction: number) => void): Promise<Parcel> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  return new Promise<Parcel>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Told>) => {
      if ('fraction' in data) told(data.fraction)
      else if ('parcel' in data) resolve(data.parcel)
      else reject(new NotSealed(data.failed))
    }
    worker.onerror = (event) => reject(new NotSealed(event.message))
    worker.postMessage({ id, order })
  }).finally(() => worker.terminate())
}
