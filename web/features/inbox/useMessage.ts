import { answer, type Message } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { useApi } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { computed, ref, shallowRef, watch } from 'vue'

/** One message; looking at it marks it as read on every device. */
export function useMessage(id: () => string) {
  const api = useApi()
  const live = useLive()
  const fetched = shallowRef<Message | null>(null)
  const face = ref<Face>('loading')
  const message = computed(() => live.inbox.find((one) => one.id === id()) ?? fetched.value)

  async function load(): Promise<void> {
    face.value = message.value ? 'ready' : 'loading'
    const path = { notification_id: id() }
    try {
      fetched.value = await answer(api.GET('/api/v1/inbox/{notification_id}', { params: { path } }))
      face.value = 'ready'
      if (!fetched.value.read_at) await markRead(path)
    } catch (error) {
      if (!message.value) face.value = faceOfError(error)
    }
  }

  async function markRead(path: { notification_id: string }): Promise<void> {
    const read = await answer(api.POST('/api/v1/inbox/{notification_id}/read', { params: { path } }))
    fetched.value = read
    const isListed = live.inbox.some((one) => one.id === read.id)
    live.apply({ upsert: isListed ? { inbox: [read] } : {}, set: { badge: { unread: Math.max(0, live.unread - 1) } } })
  }

  watch(id, load, { immediate: true })
  return { message, face, load }
}
