import { answer, type CaseSummary } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { database, draftsOf, privately, readThrough, type Draft } from '@suqian/offline'
import { useApi, useSession } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { computed, onMounted, ref, shallowRef } from 'vue'

import { groupOf, joined, type Group } from './groups.ts'

const PAGE = 30

/** My cases, drafts included, kept up to date; also those begun on this device that have not reached the server. */
export function useCases(group: () => Group) {
  const api = useApi()
  const live = useLive()
  const session = useSession()
  const loaded = shallowRef<CaseSummary[]>([])
  const unsent = shallowRef<Draft[]>([])
  const next = ref<string | null>(null)
  const state = ref<Face>('loading')
  const since = ref<Date | null>(null)
  const isAdding = ref(false)
  onMounted(load)

  const rows = computed(() => joined(loaded.value, live.cases).filter((row) => row.case_no !== null || row.state === 'draft'))
  const shown = computed(() => rows.value.filter((row) => group() === 'all' || groupOf(row.state) === group()))
  const drafts = computed(() => (group() === 'all' || group() === 'mine' ? unsent.value : []))
  const face = computed<Face>(() => {
    if (state.value !== 'ready') return state.value
    return shown.value.length + drafts.value.length > 0 ? 'ready' : 'empty'
  })
  const waiting = computed(() => rows.value.filter((row) => groupOf(row.state) === 'mine').length + unsent.value.length)

  async function load(): Promise<void> {
    const person = session.profile?.id ?? ''
    unsent.value = (await draftsOf(await database(), person)).filter((draft) => !draft.caseId)
    if (loaded.value.length === 0) state.value = 'loading'
    try {
      const found = await readThrough(privately(person, 'cases'), () => page(null))
      loaded.value = found.value.items
      next.value = found.since ? null : found.value.next
      since.value = found.since
      state.value = 'ready'
    } catch (error) {
      state.value = unsent.value.length > 0 ? 'ready' : faceOfError(error)
    }
  }

  async function more(): Promise<void> {
    if (!next.value || isAdding.value) return
    isAdding.value = true
    try {
      const found = await page(next.value)
      loaded.value = [...loaded.value, ...found.items]
      next.value = found.next
    } finally {
      isAdding.value = false
    }
  }

  function page(cursor: string | null) {
    return answer(api.GET('/api/v1/cases', { params: { query: { limit: PAGE, ...(cursor ? { cursor } : {}) } } }))
  }

  return { shown, drafts, waiting, face, since, next, isAdding, load, more }
}
