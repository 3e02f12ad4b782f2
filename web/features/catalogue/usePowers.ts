import { answer, type PowerSummary } from '@suqian/api-client'
import { useApi } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { ref, shallowRef, watch } from 'vue'

/** What to look for; empty values do not narrow. */
export interface Wanted {
  q: string
  theme: string
  organisation: string
  audience: '' | 'person' | 'organisation'
}

const PAGE = 20
const TYPING_MS = 250

/** The items that fit, a page at a time; looked up anew a moment after `wanted` changed. */
export function usePowers(wanted: () => Wanted | null) {
  const api = useApi()
  const items = shallowRef<PowerSummary[]>([])
  const face = ref<Face>('loading')
  const next = ref<string | null>(null)
  const isAdding = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking: AbortController | null = null

  watch(
    wanted,
    (now, before) => {
      clearTimeout(timer)
      if (!now) return
      const typing = before && now.q !== before.q
      timer = setTimeout(() => void load(), typing ? TYPING_MS : 0)
    },
    { immediate: true },
  )

  /** Look up from the beginning. */
  async function load(): Promise<void> {
    if (items.value.length === 0) face.value = 'loading'
    asking?.abort()
    asking = new AbortController()
    await take(null, asking.signal)
  }

  /** Add the next page. */
  async function more(): Promise<void> {
    if (!next.value || isAdding.value) return
    isAdding.value = true
    await take(next.value, (asking ?? new AbortController()).signal)
    isAdding.value = false
  }

  async function take(cursor: string | null, signal: AbortSignal): Promise<void> {
    const asked = wanted()
    if (!asked) return
    try {
      const page = await answer(api.GET('/api/v1/powers', { params: { query: queryOf(asked, cursor) }, signal }))
      items.value = cursor ? [...items.value, ...page.items] : page.items
      next.value = page.next
      face.value = items.value.length > 0 ? 'ready' : 'empty'
    } catch (error) {
      if (signal.aborted) return
      if (!cursor) items.value = []
      if (items.value.length === 0) face.value = faceOfError(error)
    }
  }

  return { items, face, next, isAdding, load, more }
}

function queryOf({ q, theme, organisation, audience }: Wanted, cursor: string | null) {
  return {
    limit: PAGE,
    ...(q.trim() ? { q: q.trim() } : {}),
    ...(theme ? { theme } : {}),
    ...(organisation ? { organisation } : {}),
    ...(audience ? { audience } : {}),
    ...(cursor ? { cursor } : {}),
  }
}
