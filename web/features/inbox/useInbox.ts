import { answer, type Message } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { useApi } from '@suqian/session'
import { faceOfError, say, useProblemWords, type Face } from '@suqian/ui'
import { computed, ref, shallowRef } from 'vue'

import { joined } from './messages.ts'

/** The message centre: pages from the server, kept true by the live state. */
export function useInbox() {
  const api = useApi()
  const live = useLive()
  const words = useProblemWords()
  const loaded = shallowRef<Message[]>([])
  const next = ref<string | null>(null)
  const state = ref<Face>('loading')
  const isLoadingMore = ref(false)
  const onlyUnread = ref(false)

  const all = computed(() => joined(loaded.value, live.inbox))
  const shown = computed(() => (onlyUnread.value ? all.value.filter((message) => !message.read_at) : all.value))
  const face = computed<Face>(() => {
    if (shown.value.length > 0) return 'ready'
    return state.value === 'ready' ? 'empty' : state.value
  })

  async function load(): Promise<void> {
    state.value = 'loading'
    try {
      const page = await answer(api.GET('/api/v1/inbox', { params: { query: { limit: 30 } } }))
      loaded.value = page.items
      next.value = page.next
      state.value = 'ready'
    } catch (error) {
      state.value = faceOfError(error)
    }
  }

  async function loadMore(): Promise<void> {
    if (!next.value || isLoadingMore.value) return
    isLoadingMore.value = true
    try {
      const page = await answer(api.GET('/api/v1/inbox', { params: { query: { limit: 30, cursor: next.value } } }))
      loaded.value = [...loaded.value, ...page.items]
      next.value = page.next
    } catch (error) {
      say(words(error), 'danger')
    } finally {
      isLoadingMore.value = false
    }
  }

  async function readAll(): Promise<void> {
    try {
      const { unread } = await answer(api.POST('/api/v1/inbox/read-all'))
      const read_at = new Date().toISOString()
      loaded.value = loaded.value.map((message) => ({ ...message, read_at: message.read_at ?? read_at }))
      const inbox = live.inbox.map((message) => ({ ...message, read_at: message.read_at ?? read_at }))
      live.apply({ set: { inbox, badge: { unread } } })
    } catch (error) {
      say(words(error), 'danger')
    }
  }

  return { shown, face, next, isLoadingMore, onlyUnread, load, loadMore, readAll, unread: computed(() => live.unread) }
}
