import { answer, intentKey, type ManagedShape, type PlaceShape, type ShiftChangeBodyRequest, type ShiftShape } from '@suqian/api-client'
import { useApi } from '@suqian/session'
import { faceOfError, useProblemWords, type Face } from '@suqian/ui'
import { computed, ref, shallowRef, watch } from 'vue'

export interface PlaceWish {
  name: string
  latitude: number
  longitude: number
  radius_m: number
}

/** Working times and places of the units I manage. */
export function useShifts() {
  const api = useApi()
  const words = useProblemWords()
  const managed = shallowRef<ManagedShape | null>(null)
  const unit = ref('')
  const shifts = shallowRef<ShiftShape[]>([])
  const places = shallowRef<PlaceShape[]>([])
  const face = ref<Face>('loading')
  const busy = ref(false)
  const fault = ref('')
  const units = computed(() => managed.value?.units ?? [])
  const windows = computed(() => managed.value?.windows ?? [])
  watch(unit, () => void load())
  void begin()

  async function begin(): Promise<void> {
    face.value = 'loading'
    try {
      managed.value = await answer(api.GET('/api/v1/attendance/managed'))
      unit.value = units.value[0]?.id ?? ''
      if (!unit.value) face.value = 'forbidden'
    } catch (error) {
      face.value = faceOfError(error)
    }
  }

  async function load(): Promise<void> {
    if (!unit.value) return begin()
    const params = { query: { organisation: unit.value } }
    try {
      const [times, where] = await Promise.all([
        answer(api.GET('/api/v1/attendance/shifts', { params })),
        answer(api.GET('/api/v1/attendance/places', { params })),
      ])
      shifts.value = times.items
      places.value = where.items
      face.value = 'ready'
    } catch (error) {
      face.value = faceOfError(error)
    }
  }

  /** Do something, then show how it stands. Whether it worked. */
  async function act(doing: () => Promise<unknown>): Promise<boolean> {
    busy.value = true
    fault.value = ''
    try {
      await doing()
      await load()
      return true
    } catch (error) {
      fault.value = words(error)
      return false
    } finally {
      busy.value = false
    }
  }

  const header = () => ({ 'Idempotency-Key': intentKey() })
  /** Write working times, new ones for the unit or a window, or those of a shift that has not begun. */
  function keepShift(body: ShiftChangeBodyRequest, windowId: string | null, old: ShiftShape | null): Promise<boolean> {
    if (!old) {
      const whole = { ...body, organisation_id: unit.value, window_id: windowId }
      return act(() => answer(api.POST('/api/v1/attendance/shifts', { body: whole, params: { header: header() } })))
    }
    const params = { path: { shift_id: old.id }, header: { ...header(), 'If-Match': `"${old.version}"` } }
    return act(() => answer(api.PUT('/api/v1/attendance/shifts/{shift_id}', { body, params })))
  }

  const keepPlace = (wish: PlaceWish) =>
    act(() => answer(api.POST('/api/v1/attendance/places', { body: { ...wish, organisation_id: unit.value }, params: { header: header() } })))

  return { units, windows, unit, shifts, places, face, busy, fault, load, keepShift, keepPlace }
}
