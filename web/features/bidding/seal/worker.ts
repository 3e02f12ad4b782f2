/** Seals a bid beside the page, so that a large file does not make the phone stand still. */
import { joined, type Bytes } from '@suqian/sealing'

import { STEPS_A_CALL, dropParcel, keepParcel, keepSteps, type Parcel } from './parcels.ts'
import { freshSecrets, seal, type Order } from './sealing.ts'

export interface Asked {
  id: string
  order: Order
}
export type Told = { fraction: number } | { parcel: Parcel } | { failed: string }

const tell = (told: Told) => (postMessage as (message: Told) => void)(told)

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  sealed(data).then(
    (parcel) => tell({ parcel }),
    (error: unknown) => tell({ failed: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }),
  )
})

async function sealed({ id, order }: Asked): Promise<Parcel> {
  await dropParcel(id)
  let waiting: Bytes[] = []
  let kept = 0
  const put = async () => {
    if (waiting.length === 0) return
    await keepSteps(id, kept, joined(...waiting))
    kept += waiting.length
    waiting = []
  }
  let told = 0
  const announced = await seal(order, await freshSecrets(), {
    keep: async (step) => {
      waiting.push(step)
      if (waiting.length === STEPS_A_CALL) await put()
    },
    told: (fraction) => {
      if (fraction - told < 0.01 && fraction < 1) return
      told = fraction
      tell({ fraction })
    },
  })
  await put()
  const files = order.files.map(({ name, content }) => ({ name, size: content.size }))
  const size = files.reduce((sum, file) => sum + file.size, 0)
  const parcel = { id, announced, bidId: null, files, size, sealedAt: new Date().toISOString() }
  await keepParcel(parcel)
  return parcel
}
