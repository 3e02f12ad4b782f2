import { answer, type CorrectionShape } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { useApi } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'

export type Which = 'mine' | 'decide'

/** Corrections I asked for, or those I decide, page by page. */
export function useCorrections() {
  const api = useApi()
  const which = ref<Which>('mine')
  const rows = shallowRef<CorrectionShape[]>([])
  const next = ref<string | null>(null)
  const face = ref<Face>('loading')
  let turn = 0
  watch(which, () => void load(), { immediate: true })
  onScopeDispose(useLive().onEvent((event) => event.type.startsWith('attendance') && void load(true)))

  function page(cursor: string | null) {
    const query = { to_decide: which.value === 'decide', ...(cursor ? { cursor } : {}) }
    return answer(api.GET('/api/v1/attendance/corrections', { params: { query } }))
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
      if (mine === turn && !quietly) face.value = faceOfError(error)
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

  return { which, rows, next, face, load, more }
}
