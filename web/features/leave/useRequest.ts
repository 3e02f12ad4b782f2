import { answer, intentKey, type LeaveShape } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { useApi } from '@suqian/session'
import { faceOfError, useProblemWords, type Face } from '@suqian/ui'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'

import type { Half } from './spans.ts'

/** One request and what I may do about it. */
export function useRequest(id: () => string) {
  const api = useApi()
  const words = useProblemWords()
  const request = shallowRef<LeaveShape | null>(null)
  const face = ref<Face>('loading')
  const busy = ref(false)
  const fault = ref('')
  const path = () => ({ request_id: id() })
  const params = () => ({ path: path(), header: { 'Idempotency-Key': intentKey(), 'If-Match': `"${request.value?.version ?? 0}"` } })
  watch(id, () => void load(), { immediate: true })
  onScopeDispose(useLive().onEvent((event) => event.subject.id === id() && void load()))

  async function load(): Promise<void> {
    try {
      request.value = await answer(api.GET('/api/v1/leave/requests/{request_id}', { params: { path: path() } }))
      face.value = 'ready'
    } catch (error) {
      if (!request.value) face.value = faceOfError(error)
    }
  }

  /** Do something, then show how it stands. Whether it worked. */
  async function act(doing: () => Promise<unknown>): Promise<boolean> {
    busy.value = true
    fault.value = ''
    try {
      await doing()
      return true
    } catch (error) {
      fault.value = words(error)
      return false
    } finally {
      await load()
      busy.value = false
    }
  }

  return {
    request,
    face,
    busy,
    fault,
    load,
    decide: (agree: boolean, comment: string) =>
      act(() => answer(api.POST('/api/v1/leave/requests/{request_id}/decide', { body: { agree, comment }, params: params() }))),
    withdraw: () => act(() => answer(api.POST('/api/v1/leave/requests/{request_id}/withdraw', { body: {}, params: params() }))),
    cancel: (reason: string) => act(() => answer(api.POST('/api/v1/leave/requests/{request_id}/cancel', { body: { reason }, params: params() }))),
    comeBack: (returned_on: string, returned_half: Half) =>
      act(() => answer(api.POST('/api/v1/leave/requests/{request_id}/return', { body: { returned_on, returned_half }, params: params() }))),
    removeFile: (file: string) =>
      act(() => answer(api.DELETE('/api/v1/leave/requests/{request_id}/files/{file_id}', { params: { path: { ...path(), file_id: file } } }))),
  }
}
