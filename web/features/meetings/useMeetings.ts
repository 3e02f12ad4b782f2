import { answer, type MeetingRowShape } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { useApi } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'

export type When = 'upcoming' | 'past'

/** My meetings, page by page; read anew when somebody calls, moves or cancels one. */
export function useMeetings() {
  const api = useApi()
  const when = ref<When>('upcoming')
  const rows = shallowRef<MeetingRowShape[]>([])
  const next = ref<string | null>(null)
  const face = ref<Face>('loading')
  let turn = 0
  watch(when, () => void load(), { immediate: true })
  onScopeDispose(useLive().onEvent((event) => event.subject.kind === 'meeting' && void load(true)))

  async function load(quietly = false): Promise<void> {
    const mine = ++turn
    if (!quietly) face.value = 'loading'
    try {
      const page = await answer(api.GET('/api/v1/meetings', { params: { query: { when: when.value } } }))
      if (mine !== turn) return
      rows.value = page.items
      next.value = page.next
      face.value = page.items.length > 0 ? 'ready' : 'empty'
    } catch (error) {
      if (mine === turn) face.value = faceOfError(error)
    }
  }

  async function more(): Promise<void> {
    const mine = turn
    try {
      const query = { when: when.value, ...(next.value ? { cursor: next.value } : {}) }
      const page = await answer(api.GET('/api/v1/meetings', { params: { query } }))
      if (mine !== turn) return
      rows.value = [...rows.value, ...page.items]
      next.value = page.next
    } catch (error) {
      face.value = faceOfError(error)
    }
  }

  return { when, rows, next, face, load, more }
}
