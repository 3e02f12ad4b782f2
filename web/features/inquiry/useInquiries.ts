import { answer, type InquirySummary } from '@suqian/api-client'
import { rowsOf, useLive } from '@suqian/live'
import { database, dropNote, notesOf, privately, readThrough, useOutbox } from '@suqian/offline'
import { useApi, useSession } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { computed, ref, shallowRef, watch } from 'vue'

import { KIND, type InquiryNote } from './note.ts'
import { refreshed, type Group } from './rows.ts'

const PAGE = 20

/** My inquiries or those I follow, kept up to date, and what is being written or waits to be sent on this device. */
export function useInquiries(group: () => Group) {
  const api = useApi()
  const live = useLive()
  const session = useSession()
  const outbox = useOutbox()
  const loaded = shallowRef<InquirySummary[]>([])
  const notes = shallowRef<InquiryNote[]>([])
  const next = ref<string | null>(null)
  const state = ref<Face>('loading')
  const since = ref<Date | null>(null)
  const isAdding = ref(false)

  const liveRows = computed(() => rowsOf<InquirySummary>(live.state, 'inquiries'))
  const rows = computed(() => refreshed(loaded.value, liveRows.value))
  const face = computed<Face>(() => {
    if (state.value !== 'ready') return state.value
    return rows.value.length > 0 ? 'ready' : 'empty'
  })
  watch(() => [session.profile?.id, group()], () => void load(), { immediate: true })
  watch(() => liveRows.value.map((row) => row.id).join(), (now, before) => now !== before && state.value === 'ready' && void load())
  watch(() => outbox.entries, () => void readNotes())

  async function readNotes(): Promise<void> {
    const person = session.profile?.id
    if (!person) return void (notes.value = [])
    const db = await database()
    const found = await notesOf<InquiryNote>(db, person, KIND)
    const isDone = (note: InquiryNote) => note.receipt !== null && outbox.of(note.id).every((entry) => entry.state === 'sent')
    for (const note of found.filter((one) => isDone(one) && isOld(one))) await dropNote(db, note.id)
    notes.value = found.filter((note) => !isDone(note))
  }

  async function load(): Promise<void> {
    const person = session.profile?.id
    if (!person) return
    const wanted = group()
    if (loaded.value.length === 0) state.value = 'loading'
    await readNotes()
    try {
      const found = await readThrough(privately(person, `inquiries/${wanted}`), () => page(null))
      if (wanted !== group()) return
      loaded.value = found.value.items
      next.value = found.since ? null : found.value.next
      since.value = found.since
      state.value = 'ready'
    } catch (error) {
      loaded.value = []
      state.value = faceOfError(error)
    }
  }

  async function more(): Promise<void> {
    if (!next.value || isAdding.value) return
    isAdding.value = true
    try {
      const found = await page(next.value)
      loaded.value = [...loaded.value, ...found.items]
      next.value = found.next
    } finally {
      isAdding.value = false
    }
  }

  function page(cursor: string | null) {
    const query = { limit: PAGE, followed: group() === 'followed', ...(cursor ? { cursor } : {}) }
    return answer(api.GET('/api/v1/inquiries', { params: { query } }))
  }

  return { rows, notes, face, since, next, isAdding, load, more, readNotes }
}

const DAY_MS = 24 * 3600 * 1000

/** A receipt can be looked at again for a day; after that the list has it. */
function isOld(note: InquiryNote): boolean {
  return (note.sentAt ?? note.changedAt) < Date.now() - DAY_MS
}
