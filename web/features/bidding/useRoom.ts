import { answer, intentKey, type OwnBidShape, type SeenObjectionShape, type StandingShape, type TenderProjectShape } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { useApi } from '@suqian/session'
import { faceOfError, setServerTime, type Face } from '@suqian/ui'
import { computed, onMounted, onScopeDispose, ref, shallowRef, watch } from 'vue'

import { useCompanies } from './companies.ts'
import { keepReceipt } from './seal/parcels.ts'

/** A section as the company I act for sees it, and what it can do there. */
export function useRoom(sectionId: () => string, projectId: () => string) {
  const api = useApi()
  const { chosen, load: loadCompanies } = useCompanies()
  const project = shallowRef<TenderProjectShape | null>(null)
  const standing = shallowRef<StandingShape | null>(null)
  const objections = shallowRef<SeenObjectionShape[]>([])
  const face = ref<Face>('loading')
  const section = computed(() => project.value?.sections.find((one) => one.id === sectionId()) ?? null)
  /** The bid that counts now: handed in, or on its way. */
  const bid = computed<OwnBidShape | null>(() => {
    const bids = standing.value?.bids ?? []
    return bids.find((one) => ['receipted', 'decrypted', 'decrypt_failed'].includes(one.state)) ?? null
  })
  onMounted(load)
  watch(() => chosen.value?.id, (now, before) => before && now !== before && void load())
  onScopeDispose(useLive().onEvent(() => void load()))

  async function load(): Promise<void> {
    try {
      const [found] = await Promise.all([
        answer(api.GET('/api/v1/tenders/projects/{project_id}', { params: { path: { project_id: projectId() } } })),
        loadCompanies(),
      ])
      setServerTime(found.now)
      project.value = found
      if (chosen.value) await loadOwn(chosen.value.id)
      face.value = section.value ? 'ready' : 'error'
    } catch (error) {
      if (!project.value) face.value = faceOfError(error)
    }
  }

  async function loadOwn(companyId: string): Promise<void> {
    const params = { path: { section_id: sectionId() }, query: { company_id: companyId } }
    const [own, said] = await Promise.all([
      answer(api.GET('/api/v1/tenders/sections/{section_id}/standing', { params })),
      answer(api.GET('/api/v1/tenders/sections/{section_id}/objections', { params })),
    ])
    standing.value = own
    objections.value = said.items
    for (const one of own.bids) if (one.receipt) await keepReceipt(one.receipt)
  }

  const path = () => ({ section_id: sectionId() })
  const own = () => ({ company_id: chosen.value?.id ?? '' })
  const header = () => ({ 'Idempotency-Key': intentKey() })

  async function take(): Promise<void> {
    await answer(api.POST('/api/v1/tenders/sections/{section_id}/documents', { body: own(), params: { path: path(), header: header() } }))
    await load()
  }

  async function ask(text: string): Promise<void> {
    const params = { path: path(), header: header() }
    await answer(api.POST('/api/v1/tenders/sections/{section_id}/questions', { body: { ...own(), text }, params }))
  }

  async function object(stage: 'prequal_documents' | 'tender_documents' | 'opening' | 'result', text: string, remedy: string): Promise<void> {
    const body = { ...own(), stage, arguments: text, remedy }
    await answer(api.POST('/api/v1/tenders/sections/{section_id}/objections', { body, params: { path: path(), header: header() } }))
    await load()
  }

  async function act(what: 'confirm' | 'withdraw', bidId: string): Promise<void> {
    const params = { path: { bid_id: bidId }, header: header() }
    if (what === 'confirm') await answer(api.POST('/api/v1/tenders/bids/{bid_id}/confirm', { body: {}, params }))
    else await answer(api.POST('/api/v1/tenders/bids/{bid_id}/withdraw', { body: {}, params }))
    await load()
  }

  return { project, section, company: chosen, standing, objections, bid, face, load, take, ask, object, act }
}
export type Room = ReturnType<typeof useRoom>
