import { exclusively, useSession } from '@suqian/session'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'

import { database } from './db.ts'
import type { Entry, NewEntry } from './entry.ts'
import { forgetPerson } from './forget.ts'
import { Outbox, type Handler, type HandlerOptions } from './outbox.ts'

const LOOK_MS = 5000
/** A network that is said to be back often is a moment later. */
const AFTER_ONLINE_MS = [0, 1500, 4000]

/** What waits to be sent, for all screens: kept on this device, sent by itself when the network is back. */
export const useOutbox = defineStore('outbox', () => {
  const session = useSession()
  const entries = shallowRef<Entry[]>([])
  const progress = ref<Record<number, number>>({})
  const isOnline = ref(navigator.onLine)
  const tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('suqian.offline') : null
  let reading: Promise<void> | null = null
  let isStale = false
  let started = false

  const outbox = new Outbox(database, {
    person: () => session.profile?.id ?? null,
    now: () => Date.now(),
    online: () => navigator.onLine,
    exclusively: (work) => exclusively('suqian.outbox', work),
    changed,
    progress: (seq, fraction) => (progress.value = { ...progress.value, [seq]: fraction }),
  })

  /** What has not arrived yet. */
  const open = computed(() => entries.value.filter((entry) => entry.state !== 'sent'))
  const failed = computed(() => entries.value.filter((entry) => entry.state === 'failed'))

  /** What belongs to one subject, oldest first. */
  function of(subject: string): Entry[] {
    return entries.value.filter((entry) => entry.subject === subject)
  }

  /** Take something in and begin to send it. */
  async function add(entry: NewEntry): Promise<Entry> {
    const added = await outbox.add(entry)
    await read()
    void flush()
    return added
  }

  /** Try something refused again. */
  async function retry(seq: number): Promise<void> {
    await outbox.retry(seq)
    await flush()
  }

  /** Send what can be sent; resolves when nothing more can now. */
  async function flush(): Promise<void> {
    await outbox.flush()
    await read()
  }

  /** Send what waits, however long it was to wait: somebody asks for it, or the network is back. */
  async function hurry(): Promise<void> {
    await outbox.hurry()
    await flush()
  }

  function changed(): void {
    tabs?.postMessage('changed')
    void read()
  }

  async function read(): Promise<void> {
    isStale = true
    reading ??= readWhileStale().finally(() => (reading = null))
    return reading
  }

  async function readWhileStale(): Promise<void> {
    while (isStale) {
      isStale = false
      entries.value = await outbox.entries()
    }
  }

  async function personChanged(now: string | null, before: string | null | undefined): Promise<void> {
    if (!now && before && !session.hasExpired) await forgetPerson(await database(), before)
    await read()
    if (now) void flush()
  }

  /** Begin to watch the network; once an app. */
  function start(): void {
    if (started) return
    started = true
    tabs?.addEventListener('message', () => void read())
    addEventListener('online', () => {
      isOnline.value = true
      for (const pause of AFTER_ONLINE_MS) setTimeout(() => void hurry(), pause)
    })
    addEventListener('offline', () => (isOnline.value = false))
    setInterval(() => navigator.onLine && open.value.length > 0 && void flush(), LOOK_MS)
    watch(() => session.profile?.id ?? null, personChanged, { immediate: true })
  }

  const handle = (kind: string, send: Handler, options?: HandlerOptions) => outbox.handle(kind, send, options)
  return { entries, progress, isOnline, open, failed, of, add, retry, discard: (seq: number) => outbox.discard(seq), flush, hurry, handle, start }
})
