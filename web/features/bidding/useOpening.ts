import { answer, isProblem, type TenderProjectShape } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { compared, recordOf, verdictOn, type Comparison, type OpeningRecord, type OwnReceipt, type Verdict } from '@suqian/sealing'
import { useApi, useSession } from '@suqian/session'
import { faceOfError, serverNow, setServerTime, type Face } from '@suqian/ui'
import { computed, onMounted, onScopeDispose, ref, shallowRef } from 'vue'

import { useCompanies } from './companies.ts'
import { signingKey } from './signingKey.ts'

const NEAR_MS = 3000
const FAR_MS = 20_000

/** An opening as it happens: the record appears by itself, is checked, and held against my receipt. */
export function useOpening(sectionId: string, projectId: string) {
  const api = useApi()
  const session = useSession()
  const { chosen, load: loadCompanies } = useCompanies()
  const project = shallowRef<TenderProjectShape | null>(null)
  const record = shallowRef<OpeningRecord | null>(null)
  const verdict = ref<Verdict | null>(null)
  const mine = shallowRef<OwnReceipt | null>(null)
  const face = ref<Face>('loading')
  const section = computed(() => project.value?.sections.find((one) => one.id === sectionId) ?? null)
  const comparison = computed<Comparison | null>(() => (record.value && mine.value ? compared(record.value, mine.value) : null))
  let timer: ReturnType<typeof setTimeout> | undefined
  onMounted(load)
  onScopeDispose(() => clearTimeout(timer))
  onScopeDispose(useLive().onEvent(() => void load()))

  async function load(): Promise<void> {
    clearTimeout(timer)
    try {
      const found = await answer(api.GET('/api/v1/tenders/projects/{project_id}', { params: { path: { project_id: projectId } } }))
      setServerTime(found.now)
      project.value = found
      await Promise.all([read(), readMine()])
      face.value = section.value ? 'ready' : 'error'
    } catch (error) {
      if (!project.value) face.value = faceOfError(error)
    }
    if (!record.value && section.value?.state !== 'failed') timer = setTimeout(() => void load(), pause())
  }

  function pause(): number {
    const until = Date.parse(section.value?.bids_until ?? '')
    return document.visibilityState === 'visible' && until - serverNow() < 60_000 ? NEAR_MS : FAR_MS
  }

  async function read(): Promise<void> {
    if (!section.value?.opened_at || record.value) return
    try {
      const params = { path: { section_id: sectionId } }
      const found = (await answer(api.GET('/api/v1/tenders/sections/{section_id}/opening-record', { params }))) as Record<string, unknown>
      record.value = recordOf(found)
      verdict.value = await verdictOn('record', found, await signingKey(api))
    } catch (error) {
      if (!isProblem(error) || error.status !== 404) throw error
    }
  }

  /** The receipt of the bid that counted. Who takes no part has none. */
  async function readMine(): Promise<void> {
    if (!session.isSignedIn || mine.value) return
    await loadCompanies()
    if (!chosen.value) return
    const params = { path: { section_id: sectionId }, query: { company_id: chosen.value.id } }
    const { bids } = await answer(api.GET('/api/v1/tenders/sections/{section_id}/standing', { params }))
    mine.value = bids.find((bid) => ['receipted', 'decrypted', 'decrypt_failed'].includes(bid.state))?.receipt ?? null
  }

  return { project, section, record, verdict, mine, comparison, face, load }
}
