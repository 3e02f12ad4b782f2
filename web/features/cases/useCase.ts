import { answer, etagOf, isProblem, type Case, type Rating, type TimelineEntry } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { privately, readThrough } from '@suqian/offline'
import { useApi, useSession } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'

const EVENTS_MS = 200

interface Whole {
  found: Case
  etag: string
  story: TimelineEntry[]
  rating: Rating | null
}

/** One of my cases with its story and its rating; read anew whenever something happens to it. */
export function useCase(id: () => string) {
  const api = useApi()
  const session = useSession()
  const live = useLive()
  const whole = shallowRef<Whole | null>(null)
  const face = ref<Face>('loading')
  const since = ref<Date | null>(null)
  watch(id, () => void load(), { immediate: true })
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(live.onEvent((event) => touches(event) && loadSoon()))
  onScopeDispose(() => clearTimeout(timer))
  watch(() => live.status, (now, before) => now === 'live' && before !== 'live' && whole.value && loadSoon())

  /** Several events of one act are one change. */
  function loadSoon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void load(), EVENTS_MS)
  }

  async function load(): Promise<void> {
    if (whole.value?.found.id !== id()) face.value = 'loading'
    try {
      const found = await readThrough(privately(session.profile?.id ?? '', `whole/${id()}`), read)
      whole.value = found.value
      since.value = found.since
      face.value = 'ready'
    } catch (error) {
      if (!whole.value) face.value = faceOfError(error)
    }
  }

  async function read(): Promise<Whole> {
    const params = { path: { case_id: id() } }
    const pending = api.GET('/api/v1/cases/{case_id}', { params })
    const [found, story] = await Promise.all([
      answer(pending),
      answer(api.GET('/api/v1/cases/{case_id}/timeline', { params })),
    ])
    const rating = found.state === 'closed' ? await ratingOf() : null
    return { found, story: story.items, rating, etag: etagOf((await pending).response) }
  }

  async function ratingOf(): Promise<Rating | null> {
    try {
      return await answer(api.GET('/api/v1/cases/{case_id}/rating', { params: { path: { case_id: id() } } }))
    } catch (error) {
      if (isProblem(error) && error.status === 404) return null
      throw error
    }
  }

  function touches(event: unknown): boolean {
    return JSON.stringify(event).includes(id())
  }

  return { whole, face, since, load }
}
