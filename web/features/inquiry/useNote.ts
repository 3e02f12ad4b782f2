import { database, dropNote, findNote, keepNote } from '@suqian/offline'
import { useSession } from '@suqian/session'
import { onScopeDispose, ref, watch } from 'vue'

import { blankNote, hasContent, plainNote, type Channel, type InquiryNote, type WishType } from './note.ts'
import { handOver } from './sending.ts'

const SAVE_MS = 400

interface Wanted {
  id: string
  channel: Channel
  type: WishType | ''
}

/** The sheet one writes on: kept on this device with every change, gone when it stays empty. */
export function useNote({ id, channel, type }: Wanted) {
  const session = useSession()
  const person = session.profile?.id ?? ''
  const note = ref<InquiryNote>(blankNote(person, channel, type))
  const isReady = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let isGone = false
  void open()
  watch(note, saveSoon, { deep: true })
  addEventListener('pagehide', save)
  onScopeDispose(() => {
    removeEventListener('pagehide', save)
    void save()
  })

  async function open(): Promise<void> {
    const found = id ? await findNote<InquiryNote>(await database(), person, id) : null
    if (found) note.value = { ...found, sentAt: null }
    isReady.value = true
  }

  function saveSoon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void save(), SAVE_MS)
  }

  async function save(): Promise<void> {
    clearTimeout(timer)
    if (isGone || !isReady.value) return
    const db = await database()
    if (hasContent(note.value)) await keepNote(db, plainNote({ ...note.value, changedAt: Date.now() }))
    else await dropNote(db, note.value.id)
  }

  /** Hand it over to be sent; resolves to its id. */
  async function send(): Promise<string> {
    await save()
    await handOver(note.value)
    isGone = true
    return note.value.id
  }

  /** Throw it away. */
  async function discard(): Promise<void> {
    isGone = true
    await dropNote(await database(), note.value.id)
  }

  return { note, isReady, send, discard }
}
