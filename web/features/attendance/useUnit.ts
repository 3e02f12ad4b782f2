import { answer, intentKey, type ManagedUnitShape, type UnitMonthShape } from '@suqian/api-client'
import { today } from '@suqian/i18n'
import { useApi } from '@suqian/session'
import { faceOfError, useProblemWords, type Face } from '@suqian/ui'
import { ref, shallowRef, watch } from 'vue'

import { monthBeside, monthOf } from './days.ts'

/** The sheets of a unit that I head, after each person saw the own one; objections that wait for me. */
export function useUnit() {
  const api = useApi()
  const words = useProblemWords()
  const units = shallowRef<ManagedUnitShape[]>([])
  const unit = ref('')
  const month = ref(monthBeside(monthOf(today()), -1))
  const found = shallowRef<UnitMonthShape | null>(null)
  const face = ref<Face>('loading')
  const busy = ref(false)
  const fault = ref('')
  let turn = 0
  watch([unit, month], () => void load())
  void begin()

  async function begin(): Promise<void> {
    face.value = 'loading'
    try {
      const managed = await answer(api.GET('/api/v1/attendance/managed'))
      units.value = managed.units.filter((one) => one.headed)
      unit.value = units.value[0]?.id ?? ''
      if (!unit.value) face.value = 'forbidden'
    } catch (error) {
      face.value = faceOfError(error)
    }
  }

  async function load(quietly = false): Promise<void> {
    if (!unit.value) return begin()
    const mine = ++turn
    if (!quietly) face.value = 'loading'
    try {
      const path = { unit_id: unit.value, month: month.value }
      const read = await answer(api.GET('/api/v1/attendance/units/{unit_id}/months/{month}', { params: { path } }))
      if (mine !== turn) return
      found.value = read
      face.value = 'ready'
    } catch (error) {
      if (mine === turn && !quietly) face.value = faceOfError(error)
    }
  }

  /** Answer an objection. Whether it was sent. */
  async function reply(sheetId: string, text: string): Promise<boolean> {
    busy.value = true
    fault.value = ''
    try {
      const path = { unit_id: unit.value, sheet_id: sheetId }
      await answer(api.POST('/api/v1/attendance/units/{unit_id}/disputes/{sheet_id}/answer', { body: { text }, params: { path, header: { 'Idempotency-Key': intentKey() } } }))
      return true
    } catch (error) {
      fault.value = words(error)
      return false
    } finally {
      await load(true)
      busy.value = false
    }
  }

  return { units, unit, month, found, face, busy, fault, load, reply, go: (step: -1 | 1) => (month.value = monthBeside(month.value, step)) }
}
