import { answer, type CaseSummary, type InquirySummary } from '@suqian/api-client'
import { rowsOf, useLive } from '@suqian/live'
import { useApi, useSession, type Hat } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { computed, ref, shallowRef, watch } from 'vue'
import { useRouter } from 'vue-router'

import { offeredByName, underWay, waitingForMe, type Offered } from './cases.ts'

const MOST_CASES = 3
const MOST_ITEMS = 8
const PAGE = 100
const kept = new Map<Hat, Offered[]>()

/** What the first page shows, for the hat that is worn. */
export function useHome() {
  const api = useApi()
  const session = useSession()
  const live = useLive()
  const router = useRouter()
  const drafts = shallowRef<CaseSummary[]>([])
  const items = shallowRef<Offered[]>([])
  const itemsFace = ref<Face>('loading')

  const waiting = computed(() => waitingForMe(live.cases, drafts.value))
  /** Answered questions that the person has not judged. */
  const answered = computed(() =>
    router.hasRoute('inquiry') ? rowsOf<InquirySummary>(live.state, 'inquiries').filter((one) => one.clock === 'caller') : [],
  )
  const running = computed(() => underWay(live.cases))
  const casesFace = computed<Face>(() => {
    if (live.isReady) return 'ready'
    return live.status === 'offline' ? 'offline' : 'loading'
  })

  async function loadDrafts(): Promise<void> {
    drafts.value = []
    if (!session.isSignedIn) return
    const page = await answer(api.GET('/api/v1/cases', { params: { query: { limit: 50 } } })).catch(() => null)
    drafts.value = page?.items.filter((one) => one.state === 'draft').slice(0, MOST_CASES) ?? []
  }

  async function loadItems(): Promise<void> {
    const hat = session.hat
    items.value = kept.get(hat) ?? []
    itemsFace.value = items.value.length ? 'ready' : 'loading'
    if (items.value.length) return
    try {
      const audience = hat === 'company' ? 'organisation' : 'person'
      const page = await answer(api.GET('/api/v1/powers', { params: { query: { audience, limit: PAGE } } }))
      items.value = offeredByName(page.items.filter((one) => one.is_online)).slice(0, MOST_ITEMS)
      kept.set(hat, items.value)
      itemsFace.value = items.value.length ? 'ready' : 'empty'
    } catch (error) {
      itemsFace.value = faceOfError(error)
    }
  }

  watch(() => session.profile?.id, loadDrafts, { immediate: true })
  watch(() => session.hat, loadItems, { immediate: true })
  return { waiting, answered, running, casesFace, items, itemsFace, loadItems, mostCases: MOST_CASES }
}
