import { answer, isProblem, type DutyShape } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { recordOf, verdictOn, type OpeningRecord, type Verdict } from '@suqian/sealing'
import { useApi } from '@suqian/session'
import { faceOfError, serverNow, setServerTime, type Face } from '@suqian/ui'
import { onMounted, onScopeDispose, ref, shallowRef } from 'vue'

import { readDuties } from './api.ts'

const NEAR_MS = 3000
const FAR_MS = 20_000
const MINUTE_MS = 60_000
const OPENED = ['opened', 'candidates', 'awarded', 'contracted']

/** An opening as one of its openers sees it: shares as they are brought, then the signed record, by itself. */
export function useOpening(sectionId: string) {
  const api = useApi()
  const duty = shallowRef<DutyShape | null>(null)
  const record = shallowRef<OpeningRecord | null>(null)
  const verdict = ref<Verdict | null>(null)
  const face = ref<Face>('loading')
  let timer: ReturnType<typeof setTimeout> | undefined
  onMounted(load)
  onScopeDispose(() => clearTimeout(timer))
  onScopeDispose(useLive().onEvent(() => void load()))

  async function load(): Promise<void> {
    clearTimeout(timer)
    try {
      const { items, now } = await readDuties()
      setServerTime(now)
      duty.value = items.find((one) => one.section_id === sectionId) ?? null
      if (duty.value && OPENED.includes(duty.value.state) && !record.value) await readRecord()
      face.value = duty.value ? 'ready' : 'forbidden'
    } catch (error) {
      if (!duty.value) face.value = faceOfError(error)
    }
    if (isRunning()) timer = setTimeout(() => void load(), pause())
  }

  const isRunning = () => !record.value && duty.value !== null && !['failed', 'terminated'].includes(duty.value.state)

  function pause(): number {
    const until = Date.parse(duty.value?.bids_until ?? '')
    return document.visibilityState === 'visible' && until - serverNow() < MINUTE_MS ? NEAR_MS : FAR_MS
  }

  async function readRecord(): Promise<void> {
    try {
      const params = { path: { section_id: sectionId } }
      const found = (await answer(api.GET('/api/v1/tenders/sections/{section_id}/opening-record', { params }))) as Record<string, unknown>
      const { public_key: key } = await answer(api.GET('/api/v1/tenders/signing-key'))
      verdict.value = await verdictOn('record', found, key)
      record.value = recordOf(found)
    } catch (error) {
      if (!isProblem(error) || error.status !== 404) throw error
    }
  }

  return { duty, record, verdict, face, load }
}
