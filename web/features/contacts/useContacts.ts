import { answer, Unreachable, type ContactBranchShape, type ContactRowShape } from '@suqian/api-client'
import { useApi, useSession } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'

import { found, keptBook, renewBook, type Leaf } from './book.ts'

const PAUSE_MS = 300
const PAGE = 50

/** Colleagues of a unit or by words, with the units around; without a network, from what this device keeps sealed. */
export function useContacts() {
  const api = useApi()
  const session = useSession()
  const person = session.profile?.id ?? ''
  const q = ref('')
  const unitId = ref<string>()
  const rows = shallowRef<readonly (ContactRowShape | Leaf)[]>([])
  const branch = shallowRef<ContactBranchShape | null>(null)
  const next = ref<string | null>(null)
  const keptAt = ref<Date | null>(null)
  const face = ref<Face>('loading')
  const home = computed(() => session.profile?.roles[0]?.organisation ?? null)
  const place = computed(() => unitId.value ?? home.value?.id)
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))
  watch(q, () => {
    clearTimeout(timer)
    timer = setTimeout(() => void load(), PAUSE_MS)
  })
  watch(place, () => void load(), { immediate: true })
  if (person) void renewBook(person).catch(() => undefined)

  function page(cursor: string | null) {
    const words = q.value.trim()
    const query = { limit: PAGE, ...(words ? { q: words } : place.value ? { unit_id: place.value } : {}), ...(cursor ? { cursor } : {}) }
    return answer(api.GET('/api/v1/contacts', { params: { query } }))
  }

  function around(): Promise<ContactBranchShape | null> {
    const query = place.value ? { unit_id: place.value } : {}
    return answer(api.GET('/api/v1/contacts/units', { params: { query } })).catch(() => null)
  }

  async function load(): Promise<void> {
    const mine = ++turn
    face.value = 'loading'
    try {
      const [people, units] = await Promise.all([page(null), around()])
      if (mine !== turn) return
      rows.value = people.items
      next.value = people.next
      branch.value = units
      keptAt.value = null
      face.value = people.items.length + (q.value ? 0 : (units?.items.length ?? 0)) > 0 ? 'ready' : 'empty'
    } catch (error) {
      if (mine === turn && !(error instanceof Unreachable && (await readKept(mine)))) face.value = faceOfError(error)
    }
  }

  /** Show what is kept here. Whether anything is. */
  async function readKept(mine: number): Promise<boolean> {
    const book = await keptBook(person)
    if (!book?.at || mine !== turn) return false
    rows.value = found(book, q.value, place.value)
    next.value = null
    branch.value = null
    keptAt.value = new Date(book.at)
    face.value = rows.value.length > 0 ? 'ready' : 'empty'
    return true
  }

  async function more(): Promise<void> {
    const mine = turn
    try {
      const people = await page(next.value)
      if (mine !== turn) return
      rows.value = [...rows.value, ...people.items]
      next.value = people.next
    } catch (error) {
      face.value = faceOfError(error)
    }
  }

  function enter(id: string | undefined): void {
    q.value = ''
    unitId.value = id
  }

  return { q, rows, branch, next, keptAt, face, home, load, more, enter }
}
