import { answer, type TenderProjectRowShape } from '@suqian/api-client'
import { readThrough } from '@suqian/offline'
import { useApi } from '@suqian/session'
import { faceOfError, serverNow, setServerTime, type Face } from '@suqian/ui'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'

import { keptName } from './keptName.ts'
import { asked, inAddress, type Search } from './wishes.ts'

const PAGE = 20
const TYPING_MS = 300

/** Tenders that fit a search, newest first, page by page; without a network what was read the last time. */
export function useProjects(search: () => Search) {
  const api = useApi()
  const rows = shallowRef<TenderProjectRowShape[]>([])
  const next = ref<string | null>(null)
  const face = ref<Face>('loading')
  const since = ref<Date | null>(null)
  const isAdding = ref(false)
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))
  watch(search, (now, before) => (now.q === before?.q ? void load() : loadSoon()), { immediate: true })

  function loadSoon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void load(), TYPING_MS)
  }

  async function load(): Promise<void> {
    const mine = ++turn
    if (rows.value.length === 0) face.value = 'loading'
    try {
      const name = new URLSearchParams(inAddress(search())).toString()
      const found = await readThrough(keptName(name), () => page(null))
      if (mine !== turn) return
      if (!found.since) setServerTime(found.value.now)
      rows.value = found.value.items
      next.value = found.since ? null : found.value.next
      since.value = found.since
      face.value = rows.value.length > 0 ? 'ready' : 'empty'
    } catch (error) {
      if (mine === turn) face.value = faceOfError(error)
    }
  }

  async function more(): Promise<void> {
    const mine = turn
    isAdding.value = true
    try {
      const found = await page(next.value)
      if (mine !== turn) return
      rows.value = [...rows.value, ...found.items]
      next.value = found.next
    } catch (error) {
      face.value = faceOfError(error)
    } finally {
      isAdding.value = false
    }
  }

  function page(cursor: string | null) {
    const query = { ...asked(search(), serverNow()), limit: PAGE, ...(cursor ? { cursor } : {}) }
    return answer(api.GET('/api/v1/tenders/projects', { params: { query } }))
  }

  return { rows, next, face, since, isAdding, load, more }
}
