import { answer, intentKey, type AttendanceMonthShape } from '@suqian/api-client'
import { today } from '@suqian/i18n'
import { useLive } from '@suqian/live'
import { useApi } from '@suqian/session'
import { faceOfError, useProblemWords, type Face } from '@suqian/ui'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'

import { monthBeside, monthOf } from './days.ts'

/** My sheet of a month, and what I say of it. */
export function useMonth() {
  const api = useApi()
  const words = useProblemWords()
  const month = ref(monthOf(today()))
  const sheet = shallowRef<AttendanceMonthShape | null>(null)
  const face = ref<Face>('loading')
  const busy = ref(false)
  const fault = ref('')
  let turn = 0
  watch(month, () => void load(), { immediate: true })
  onScopeDispose(useLive().onEvent((event) => event.type.startsWith('attendance') && void load(true)))

  async function load(quietly = false): Promise<void> {
    const mine = ++turn
    if (!quietly) face.value = 'loading'
    try {
      const found = await answer(api.GET('/api/v1/attendance/months/{month}', { params: { path: { month: month.value } } }))
      if (mine !== turn) return
      sheet.value = found
      face.value = 'ready'
    } catch (error) {
      if (mine === turn && !quietly) face.value = faceOfError(error)
    }
  }

  /** Say something of the month, then show how it stands. Whether it was heard. */
  async function act(doing: () => Promise<unknown>): Promise<boolean> {
    busy.value = true
    fault.value = ''
    try {
      await doing()
      return true
    } catch (error) {
      fault.value = words(error)
      return false
    } finally {
      await load(true)
      busy.value = false
    }
  }

  const params = () => ({ path: { month: month.value }, header: { 'Idempotency-Key': intentKey() } })
  return {
    month,
    sheet,
    face,
    busy,
    fault,
    load,
    go: (step: -1 | 1) => (month.value = monthBeside(month.value, step)),
    confirm: () => act(() => answer(api.POST('/api/v1/attendance/months/{month}/confirm', { body: {}, params: params() }))),
    dispute: (text: string) => act(() => answer(api.POST('/api/v1/attendance/months/{month}/dispute', { body: { text }, params: params() }))),
  }
}
