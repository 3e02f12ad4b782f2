import { answer, type AttendanceWindowShape } from '@suqian/api-client'
import { today } from '@suqian/i18n'
import { useApi } from '@suqian/session'
import { faceOfError, useProblemWords, type Face } from '@suqian/ui'
import { computed, onMounted, ref, shallowRef, watch } from 'vue'

import { dutiesOf, linesOf, weekOf, type Line } from './week.ts'

/** The roster of one window in one week, written as a whole. */
export function useRoster() {
  const api = useApi()
  const words = useProblemWords()
  const windows = shallowRef<AttendanceWindowShape[]>([])
  const window = ref('')
  const further = ref(0)
  const lines = ref<Line[]>([])
  const face = ref<Face>('loading')
  const fault = ref('')
  const busy = ref(false)
  const days = computed(() => weekOf(today(), further.value))
  const isPast = computed(() => (days.value[6] ?? '') < today())
  let version = 0
  const query = (from: string) => ({ window: window.value, from, to: days.value[6] ?? from })

  async function load(): Promise<void> {
    face.value = 'loading'
    fault.value = ''
    try {
      if (!windows.value.length) windows.value = (await answer(api.GET('/api/v1/attendance/managed'))).windows
      if (!window.value) window.value = windows.value[0]?.id ?? ''
      if (!window.value) return void (face.value = 'empty')
      const wanted = query(days.value[0] ?? today())
      const found = await answer(api.GET('/api/v1/attendance/rosters', { params: { query: wanted } }))
      if (wanted.window !== window.value || wanted.to !== days.value[6]) return
      version = found.version
      lines.value = linesOf(found)
      face.value = 'ready'
    } catch (error) {
      face.value = faceOfError(error)
    }
  }

  async function save(): Promise<boolean> {
    const first = [days.value[0] ?? '', today()].sort()[1] ?? today()
    busy.value = true
    fault.value = ''
    try {
      const params = { query: query(first), header: { 'If-Match': `"${version}"` } }
      const kept = await answer(api.PUT('/api/v1/attendance/rosters', { params, body: { items: dutiesOf(lines.value, days.value, first) } }))
      version = kept.version
      return true
    } catch (error) {
      fault.value = words(error)
      return false
    } finally {
      busy.value = false
    }
  }

  onMounted(load)
  watch([window, further], (_, [before]) => void (before && load()))
  return { windows, window, further, days, isPast, lines, face, fault, busy, load, save }
}
