import { answer, type Answered, type InquiryTopic } from '@suqian/api-client'
import { useApi } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { onMounted, ref, shallowRef, watch } from 'vue'

const PAGE = 20

export interface Wanted {
  q: string
  topic: string
  area: string
}

/** Answered inquiries that fit, page by page. */
export function useAnswered(wanted: () => Wanted) {
  const api = useApi()
  const rows = shallowRef<Answered[]>([])
  const next = ref<string | null>(null)
  const face = ref<Face>('loading')
  const isAdding = ref(false)
  let turn = 0
  watch(wanted, () => void load(), { immediate: true })

  async function load(): Promise<void> {
    const mine = (turn += 1)
    face.value = 'loading'
    try {
      const found = await page(null)
      if (mine !== turn) return
      rows.value = found.items
      next.value = found.next
      face.value = found.items.length > 0 ? 'ready' : 'empty'
    } catch (error) {
      if (mine === turn) face.value = faceOfError(error)
    }
  }

  async function more(): Promise<void> {
    if (!next.value || isAdding.value) return
    isAdding.value = true
    try {
      const found = await page(next.value)
      rows.value = [...rows.value, ...found.items]
      next.value = found.next
    } finally {
      isAdding.value = false
    }
  }

  function page(cursor: string | null) {
    const { q, topic, area } = wanted()
    return answer(api.GET('/api/v1/inquiries/answered', { params: { query: { q, topic, area, limit: PAGE, ...(cursor ? { cursor } : {}) } } }))
  }

  return { rows, next, face, isAdding, load, more }
}

/** What lists can be narrowed by: the topics on the first level, the counties. */
export function useNarrowing() {
  const api = useApi()
  const topics = shallowRef<InquiryTopic[]>([])
  const areas = shallowRef<{ code: string; name: string }[]>([])
  onMounted(async () => {
    const [tree, terms] = await Promise.all([
      answer(api.GET('/api/v1/inquiries/topics')).catch(() => null),
      answer(api.GET('/api/v1/inquiries/terms')).catch(() => null),
    ])
    topics.value = tree?.items.filter((one) => one.parent === null) ?? []
    areas.value = terms?.areas ?? []
  })
  return { topics, areas }
}
