import { answer, isProblem, type CaseSummary, type Event, type Message } from '@suqian/api-client'
import { useApi, useSession } from '@suqian/session'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'

import { follow, type ConnectionStatus, type World } from './connection.ts'
import { applied, rowsOf, type LiveState, type Patch, type Row } from './patches.ts'

/** A to-do of an official as the live state has it. */
export interface LiveTask extends Row {
  subject_kind: string
  subject_id: string
  kind: string
  organisation_id: string
  role: string
  title: string
  due_on: string | null
  state: string
  assignee_id: string | null
}
type Listener = (event: Event) => void

/** The state of a person's screens, kept true by the server. */
export const useLive = defineStore('live', () => {
  const api = useApi()
  const session = useSession()
  const state = shallowRef<LiveState>({})
  const status = ref<ConnectionStatus>('off')
  /** Whether the state was read at least once. */
  const isReady = ref(false)
  const listeners = new Set<Listener>()
  let running: AbortController | null = null

  const cases = computed(() => rowsOf<CaseSummary>(state.value, 'cases'))
  const tasks = computed(() => rowsOf<LiveTask>(state.value, 'tasks'))
  const inbox = computed(() => rowsOf<Message>(state.value, 'inbox'))
  const unread = computed(() => (state.value.badge as { unread?: number } | undefined)?.unread ?? 0)

  const world: World = {
    async snapshot() {
      const taken = await answer(api.GET('/api/v1/me/snapshot'))
      state.value = taken.state
      isReady.value = true
      return { cursor: taken.cursor, url: taken.realtime_url }
    },
    async ticket() {
      return (await answer(api.POST('/api/v1/me/realtime-ticket'))).ticket
    },
    async poll(since, signal) {
      try {
        return await answer(api.GET('/api/v1/me/events', { params: { query: { since, wait: 25 } }, signal }))
      } catch (error) {
        if (isProblem(error, 'cursor_too_old')) return null
        throw error
      }
    },
    socket: (url, protocols) => new WebSocket(url, protocols),
    onEvent(event) {
      apply(event.data as Patch)
      listeners.forEach((listener) => listener(event))
    },
    onStatus: (next) => (status.value = next),
    pause,
  }

  /** Change the state here at once; the server's event will say the same. */
  function apply(patch: Patch): void {
    state.value = applied(state.value, patch)
  }

  /** Hear every event as it comes; returns how to stop hearing. */
  function onEvent(listener: Listener): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  /** Follow whoever is signed in, from now on. */
  function start(): void {
    watch(() => session.profile?.id ?? null, restart, { immediate: true })
  }

  function restart(person: string | null): void {
    running?.abort()
    running = null
    state.value = {}
    isReady.value = false
    if (!person) return
    running = new AbortController()
    void follow(world, running.signal)
  }

  return { state, status, isReady, cases, tasks, inbox, unread, apply, onEvent, start }
})

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds)
    function done(): void {
      clearTimeout(timer)
      removeEventListener('online', done)
      signal.removeEventListener('abort', done)
      resolve()
    }
    addEventListener('online', done)
    signal.addEventListener('abort', done)
  })
}
