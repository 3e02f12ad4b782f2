import type { InquiryTask } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { faceOfError, type Face } from '@suqian/ui'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'

import { readTasks } from './api.ts'

const SETTLE_MS = 500

/** The to-dos about orders, the least time left first; read anew when one is put in or done. */
export function useTasks() {
  const rows = shallowRef<InquiryTask[]>([])
  const next = ref<string | null>(null)
  const face = ref<Face>('loading')
  const state = ref<InquiryTask['state']>('open')
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(cursor?: string): Promise<void> {
    const own = ++turn
    try {
      const page = await readTasks(state.value, cursor)
      if (own !== turn) return
      rows.value = cursor ? [...rows.value, ...page.items] : page.items
      next.value = page.next
      face.value = rows.value.length > 0 ? 'ready' : 'empty'
    } catch (error) {
      if (own === turn && (face.value !== 'ready' || rows.value.length === 0)) face.value = faceOfError(error)
    }
  }

  function soon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void load(), SETTLE_MS)
  }

  watch(state, () => {
    rows.value = []
    face.value = 'loading'
    void load()
  })
  const stop = useLive().onEvent(({ type, subject }) => (type.startsWith('workflow.') || subject.kind.startsWith('inquiry')) && soon())
  addEventListener('online', soon)
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
    removeEventListener('online', soon)
  })
  void load()
  return { rows, next, face, state, load, more: () => load(next.value ?? undefined) }
}
