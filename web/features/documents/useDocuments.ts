import { answer, type DocumentRowShape } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { useApi } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'

export const BOXES = ['todo', 'unread', 'incoming', 'outgoing', 'all'] as const
export type Box = (typeof BOXES)[number]
const PAUSE_MS = 300

/** The documents that I may see, by box and words, page by page; read anew when one of them moves. */
export function useDocuments() {
  const api = useApi()
  const box = ref<Box>('todo')
  const q = ref('')
  const rows = shallowRef<DocumentRowShape[]>([])
  const next = ref<string | null>(null)
  const face = ref<Face>('loading')
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(box, () => void load(), { immediate: true })
  watch(q, () => {
    clearTimeout(timer)
    timer = setTimeout(() => void load(), PAUSE_MS)
  })
  onScopeDispose(() => clearTimeout(timer))
  onScopeDispose(useLive().onEvent((event) => event.subject.kind === 'document' && void load(true)))

  function page(cursor: string | null) {
    const query = { box: box.value, ...(q.value.trim() ? { q: q.value.trim() } : {}), ...(cursor ? { cursor } : {}) }
    return answer(api.GET('/api/v1/documents', { params: { query } }))
  }

  async function load(quietly = false): Promise<void> {
    const mine = ++turn
    if (!quietly) face.value = 'loading'
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
    const mine = turn
    try {
      const found = await page(next.value)
      if (mine !== turn) return
      rows.value = [...rows.value, ...found.items]
      next.value = found.next
    } catch (error) {
      face.value = faceOfError(error)
    }
  }

  return { box, q, rows, next, face, load, more }
}
