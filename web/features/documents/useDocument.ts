import { answer, intentKey, type DocumentActBodyRequest, type DocumentShape, type EditionShape } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { useApi } from '@suqian/session'
import { faceOfError, useProblemWords, type Face } from '@suqian/ui'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'

/** One document, what I may do to it, and the texts as they stood. Opening it is the receipt. */
export function useDocument(id: () => string) {
  const api = useApi()
  const words = useProblemWords()
  const document = shallowRef<DocumentShape | null>(null)
  const editions = shallowRef<EditionShape[] | null>(null)
  const face = ref<Face>('loading')
  const busy = ref(false)
  const fault = ref('')
  const path = () => ({ document_id: id() })
  watch(id, () => void load(), { immediate: true })
  onScopeDispose(useLive().onEvent((event) => event.subject.id === id() && !busy.value && void load()))

  async function load(): Promise<void> {
    try {
      document.value = await answer(api.GET('/api/v1/documents/{document_id}', { params: { path: path() } }))
      face.value = 'ready'
      if (document.value.is_unread) await noteRead()
    } catch (error) {
      if (!document.value) face.value = faceOfError(error)
    }
  }

  async function noteRead(): Promise<void> {
    await answer(api.POST('/api/v1/documents/{document_id}/read', { body: {}, params: { path: path() } })).catch(() => undefined)
  }

  async function readEditions(): Promise<void> {
    const found = await answer(api.GET('/api/v1/documents/{document_id}/editions', { params: { path: path() } })).catch(() => null)
    editions.value = found?.items ?? []
  }

  /** Do one act; whether it worked. What somebody else did meanwhile is shown before one tries again. */
  async function act(body: DocumentActBodyRequest): Promise<boolean> {
    busy.value = true
    fault.value = ''
    try {
      const header = { 'Idempotency-Key': intentKey(), 'If-Match': `"${document.value?.version ?? 0}"` }
      document.value = await answer(api.POST('/api/v1/documents/{document_id}/actions', { body, params: { path: path(), header } }))
      return true
    } catch (error) {
      fault.value = words(error)
      await load()
      return false
    } finally {
      busy.value = false
    }
  }

  return { document, editions, face, busy, fault, load, act, readEditions }
}
