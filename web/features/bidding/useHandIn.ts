import { answer, isProblem } from '@suqian/api-client'
import { useApi } from '@suqian/session'
import { useProblemWords } from '@suqian/ui'
import { onMounted, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'

import { NotSealed, sealInWorker } from './seal/inWorker.ts'
import { dropParcel, findParcel, keepParcel, keepReceipt, parcelName, type Parcel } from './seal/parcels.ts'
import type { Order } from './seal/sealing.ts'
import { ParcelLost, sendSteps } from './seal/sending.ts'

export type Phase = 'idle' | 'sealing' | 'sending' | 'submitting' | 'stopped'

/** Seal, send and hand in a bid; what was sealed waits on this device until the receipt is there. */
export function useHandIn(sectionId: string, companyId: string, done: (bidId: string) => void) {
  const api = useApi()
  const { t } = useI18n()
  const problemWords = useProblemWords()
  const id = parcelName(sectionId, companyId)
  const phase = ref<Phase>('idle')
  const fraction = ref(0)
  const fault = ref('')
  const parcel = shallowRef<Parcel | null>(null)
  onMounted(async () => {
    parcel.value = await findParcel(id)
    if (parcel.value) phase.value = 'stopped'
  })

  /** Seal on this device, then send. */
  async function start(order: Omit<Order, 'sectionId' | 'bidderId'>): Promise<void> {
    fault.value = ''
    fraction.value = 0
    phase.value = 'sealing'
    try {
      const whole = { ...order, sectionId, bidderId: companyId }
      parcel.value = await sealInWorker(id, whole, (part) => (fraction.value = part))
    } catch (error) {
      phase.value = 'idle'
      fault.value = error instanceof NotSealed ? t('bidding.hand.notSealed') : problemWords(error)
      return
    }
    await send()
  }

  /** Send what is missing of the sealed bid and hand it in. */
  async function send(): Promise<void> {
    const sealed = parcel.value
    if (!sealed) return
    fault.value = ''
    phase.value = 'sending'
    try {
      const missing = await announce(sealed)
      await sendSteps(sealed, missing, (part) => (fraction.value = part))
      phase.value = 'submitting'
      await submit(sealed)
    } catch (error) {
      await stop(error)
    }
  }

  async function announce(sealed: Parcel): Promise<number[]> {
    if (!sealed.bidId) {
      const body = { ...sealed.announced, company_id: companyId }
      const params = { path: { section_id: sectionId }, header: { 'Idempotency-Key': keyOf(sealed) } }
      const begun = await answer(api.POST('/api/v1/tenders/sections/{section_id}/bids', { body, params }))
      sealed.bidId = begun.id
      await keepParcel(sealed)
      return begun.missing_steps
    }
    const params = { path: { bid_id: sealed.bidId } }
    return (await answer(api.GET('/api/v1/tenders/bids/{bid_id}', { params }))).missing_steps
  }

  async function submit(sealed: Parcel): Promise<void> {
    const bidId = sealed.bidId ?? ''
    const params = { path: { bid_id: bidId }, header: { 'Idempotency-Key': `${keyOf(sealed).slice(0, -4)}dead` } }
    await keepReceipt(await answer(api.POST('/api/v1/tenders/bids/{bid_id}/submit', { body: {}, params })))
    await forget()
    done(bidId)
  }

  async function stop(error: unknown): Promise<void> {
    phase.value = 'stopped'
    if (error instanceof ParcelLost || isProblem(error, 'bid_state_conflict')) {
      await forget()
      fault.value = t('bidding.hand.outdated')
    } else fault.value = problemWords(error)
  }

  /** Throw the sealed bid away. */
  async function forget(): Promise<void> {
    await dropParcel(id)
    parcel.value = null
    phase.value = 'idle'
  }

  return { phase, fraction, fault, parcel, start, send, forget }
}

/** The same sealed bid is the same intent, however often it is sent. */
function keyOf({ announced }: Parcel): string {
  return [8, 12, 16, 20, 32].map((end, at) => announced.sha256.slice([0, 8, 12, 16, 20][at], end)).join('-')
}
