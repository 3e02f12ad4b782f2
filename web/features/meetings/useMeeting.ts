import { answer, intentKey, type MeetingShape, type ReceiptBodyRequest } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { useApi } from '@suqian/session'
import { faceOfError, useProblemWords, type Face } from '@suqian/ui'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'

/** One meeting and what I can do about it. */
export function useMeeting(id: () => string) {
  const api = useApi()
  const words = useProblemWords()
  const meeting = shallowRef<MeetingShape | null>(null)
  const face = ref<Face>('loading')
  const busy = ref(false)
  const fault = ref('')
  const path = () => ({ meeting_id: id() })
  const versioned = () => ({ path: path(), header: { 'Idempotency-Key': intentKey(), 'If-Match': `"${meeting.value?.version ?? 0}"` } })
  const keyed = () => ({ path: path(), header: { 'Idempotency-Key': intentKey() } })
  watch(id, () => void load(), { immediate: true })
  onScopeDispose(useLive().onEvent((event) => event.subject.id === id() && void load()))


  async function load(): Promise<void> {
    try {
      meeting.value = await answer(api.GET('/api/v1/meetings/{meeting_id}', { params: { path: path() } }))
      face.value = 'ready'
    } catch (error) {
      if (!meeting.value) face.value = faceOfError(error)
    }
  }

  /** Do something, then show how it stands. Whether it worked. */
  async function act(request: () => Promise<unknown>): Promise<boolean> {
    busy.value = true
    fault.value = ''
    try {
      await request()
      await load()
      return true
    } catch (error) {
      fault.value = words(error)
      return false
    } finally {
      busy.value = false
    }
  }

  return {
    meeting,
    face,
    busy,
    fault,
    load,
    reply: (body: ReceiptBodyRequest) =>
      act(() => answer(api.POST('/api/v1/meetings/{meeting_id}/receipt', { body, params: keyed() }))),
    urge: () => act(() => answer(api.POST('/api/v1/meetings/{meeting_id}/urge', { body: {}, params: keyed() }))),
    cancel: (reason: string) => act(() => answer(api.POST('/api/v1/meetings/{meeting_id}/cancel', { body: { reason }, params: versioned() }))),
    minute: (text: string, decisions: { text: string; owner_id: string; due_on: string }[]) =>
      act(() => answer(api.POST('/api/v1/meetings/{meeting_id}/minutes', { body: { text, decisions }, params: versioned() }))),
    signIn: (code: string) => act(() => answer(api.POST('/api/v1/meetings/{meeting_id}/sign-in', { body: { code }, params: keyed() }))),
    removeFile: (file: string) =>
      act(() => answer(api.DELETE('/api/v1/meetings/{meeting_id}/files/{file_id}', { params: { path: { ...path(), file_id: file } } }))),
  }
}
