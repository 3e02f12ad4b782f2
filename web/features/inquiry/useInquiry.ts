import { answer, etagOf, type Inquiry, type InquiryTimeline } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { privately, readThrough } from '@suqian/offline'
import { useApi, useSession } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'

const EVENTS_MS = 200

interface Whole {
  found: Inquiry
  etag: string
  timeline: InquiryTimeline
}

/** One inquiry with its story; read anew whenever something happens to it. */
export function useInquiry(id: () => string) {
  const api = useApi()
  const session = useSession()
  const live = useLive()
  const whole = shallowRef<Whole | null>(null)
  const face = ref<Face>('loading')
  const since = ref<Date | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(id, () => void load(), { immediate: true })
  onScopeDispose(live.onEvent((event) => JSON.stringify(event).includes(id()) && loadSoon()))
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
      const found = await readThrough(privately(session.profile?.id ?? '', `inquiry/${id()}`), read)
      whole.value = found.value
      since.value = found.since
      face.value = 'ready'
    } catch (error) {
      if (whole.value?.found.id !== id()) face.value = faceOfError(error)
    }
  }

  async function read(): Promise<Whole> {
    const params = { path: { order_id: id() } }
    const pending = api.GET('/api/v1/inquiries/{order_id}', { params })
    const [found, timeline] = await Promise.all([
      answer(pending),
      answer(api.GET('/api/v1/inquiries/{order_id}/timeline', { params })),
    ])
    return { found, timeline, etag: etagOf((await pending).response) }
  }

  return { whole, face, since, load }
}
