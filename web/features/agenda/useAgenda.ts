import { answer, type ScheduleEntryShape, type SchedulePersonShape } from '@suqian/api-client'
import { today } from '@suqian/i18n'
import { useApi, useSession } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { computed, ref, shallowRef, watch } from 'vue'

import { addDays, mondayOf, weekOf } from './days.ts'

/** A week of a schedule: mine, a colleague's, a leader's, or my unit's plan (`unit:<id>`). */
export function useAgenda() {
  const api = useApi()
  const session = useSession()
  const day = ref(today())
  const whose = ref('')
  const people = shallowRef<SchedulePersonShape[]>([])
  const entries = shallowRef<ScheduleEntryShape[]>([])
  const face = ref<Face>('loading')
  const days = computed(() => weekOf(day.value))
  const monday = computed(() => mondayOf(day.value))
  const units = computed(() => {
    const held = session.profile?.roles.map((role) => role.organisation) ?? []
    return [...new Map(held.map((unit) => [unit.id, unit])).values()]
  })
  let turn = 0
  watch([monday, whose], () => void load(), { immediate: true })
  void loadPeople()

  async function load(quietly = false): Promise<void> {
    const mine = ++turn
    if (!quietly) face.value = 'loading'
    const span = { since: `${monday.value}T00:00:00+08:00`, until: `${addDays(monday.value, 7)}T00:00:00+08:00` }
    const unit = whose.value.startsWith('unit:') ? { unit_id: whose.value.slice(5) } : {}
    const owner = whose.value && !('unit_id' in unit) ? { owner_id: whose.value } : {}
    try {
      const found = await answer(api.GET('/api/v1/agenda/entries', { params: { query: { ...span, ...unit, ...owner } } }))
      if (mine !== turn) return
      entries.value = found.items
      face.value = 'ready'
    } catch (error) {
      if (mine === turn) face.value = faceOfError(error)
    }
  }

  async function loadPeople(): Promise<void> {
    try {
      people.value = (await answer(api.GET('/api/v1/agenda/people'))).items
    } catch {
      people.value = []
    }
  }

  return { day, days, monday, whose, people, units, entries, face, load }
}
