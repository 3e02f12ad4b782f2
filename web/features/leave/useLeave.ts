import { answer, type LeaveAwayShape, type LeaveBalanceShape, type LeaveRowShape } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { useApi } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'

export type Which = 'mine' | 'decide'

/** My requests or those I decide, page by page; what is left of my days; who of my unit is away. */
export function useLeave() {
  const api = useApi()
  const which = ref<Which>('mine')
  const rows = shallowRef<LeaveRowShape[]>([])
  const balances = shallowRef<LeaveBalanceShape[]>([])
  const away = shallowRef<LeaveAwayShape[]>([])
  const next = ref<string | null>(null)
  const face = ref<Face>('loading')
  let turn = 0
  watch(which, () => void load(), { immediate: true })
  onScopeDispose(useLive().onEvent((event) => event.type.startsWith('leave') && void load(true)))

  function page(cursor: string | null) {
    const query = { to_decide: which.value === 'decide', ...(cursor ? { cursor } : {}) }
    return answer(api.GET('/api/v1/leave/requests', { params: { query } }))
  }

  async function load(quietly = false): Promise<void> {
    const mine = ++turn
    if (!quietly) face.value = 'loading'
    try {
      const [found] = await Promise.all([page(null), loadAround()])
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

  /** What stands above the list, read with it so that nothing moves; the list is of use without it. */
  async function loadAround(): Promise<void> {
    const [left, gone] = await Promise.all([
      answer(api.GET('/api/v1/leave/balances')).catch(() => null),
      answer(api.GET('/api/v1/leave/away')).catch(() => null),
    ])
    balances.value = left?.items ?? balances.value
    away.value = gone?.items ?? away.value
  }

  return { which, rows, balances, away, next, face, load, more }
}
