import { answer, type Alert, type AlertTopic } from '@suqian/api-client'
import { useApi } from '@suqian/session'
import { faceOfError, say, useProblemWords, type Face } from '@suqian/ui'
import { computed, ref, shallowRef } from 'vue'

const PAGE = 20

/** Notices that were sent, newest first, a page after the other. */
export function useAlerts() {
  const api = useApi()
  const words = useProblemWords()
  const rows = shallowRef<Alert[]>([])
  const next = ref<string | null>(null)
  const face = ref<Face>('loading')
  const busy = ref(false)

  async function load(): Promise<void> {
    try {
      const page = await answer(api.GET('/api/v1/alerts', { params: { query: { limit: PAGE } } }))
      rows.value = page.items
      next.value = page.next
      face.value = page.items.length ? 'ready' : 'empty'
    } catch (error) {
      face.value = faceOfError(error)
    }
  }

  async function more(): Promise<void> {
    if (!next.value || busy.value) return
    busy.value = true
    try {
      const page = await answer(api.GET('/api/v1/alerts', { params: { query: { limit: PAGE, cursor: next.value } } }))
      rows.value = [...rows.value, ...page.items]
      next.value = page.next
    } catch (error) {
      say(words(error), 'danger')
    } finally {
      busy.value = false
    }
  }
  return { rows, next, face, busy, load, more }
}

/** Whom notices go to. */
export function useTopics() {
  const api = useApi()
  const topics = shallowRef<AlertTopic[]>([])
  const names = computed(() => new Map(topics.value.map((one) => [one.code, one.name])))

  async function loadTopics(): Promise<void> {
    topics.value = (await answer(api.GET('/api/v1/alerts/topics'))).items
  }
  return { topics, names, loadTopics }
}
