import { ApiProblem, intentKey, isProblem, type OrderFile, type Reason } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { faceOfError, useProblemWords, type Face } from '@suqian/ui'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'

import { blankAct, missingIn, requestOf, type ActDraft, type Field } from './acts.ts'
import { actOn, readOrder, readReasons, type Act } from './api.ts'

const SETTLE_MS = 700

/** An order on the screen, and one act on it from the first word to the server's yes. */
export function useOrder(id: () => string, said: (act: Act) => void) {
  const problem = useProblemWords()
  const order = shallowRef<OrderFile | null>(null)
  const reasons = shallowRef<Reason[]>([])
  const face = ref<Face>('loading')
  const draft = ref<ActDraft | null>(null)
  const missing = ref<Field[]>([])
  const fault = ref('')
  const busy = ref(false)
  let key = ''
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    const wanted = id()
    try {
      const found = await readOrder(wanted)
      if (wanted !== id()) return
      order.value = found
      face.value = 'ready'
    } catch (error) {
      if (!order.value || error instanceof ApiProblem) face.value = faceOfError(error)
    }
  }

  async function begin(act: Act): Promise<void> {
    draft.value = blankAct(act)
    missing.value = []
    fault.value = ''
    key = intentKey()
    if (act === 'request_return' && reasons.value.length === 0) await readReasons().then((found) => (reasons.value = found), (error: unknown) => (fault.value = problem(error)))
  }

  function leave(): void {
    draft.value = null
    fault.value = ''
  }

  async function send(): Promise<void> {
    if (!draft.value || !order.value || busy.value) return
    missing.value = missingIn(draft.value)
    if (missing.value.length) return
    busy.value = true
    fault.value = ''
    try {
      await actOn(order.value, requestOf(draft.value), key)
      said(draft.value.action)
      leave()
      await load()
    } catch (error) {
      await refused(error)
    } finally {
      busy.value = false
    }
  }

  async function refused(error: unknown): Promise<void> {
    fault.value = problem(error)
    if (!isProblem(error)) return
    key = intentKey()
    if (error.status === 412 || error.status === 409) await load()
  }

  watch(id, () => {
    order.value = null
    face.value = 'loading'
    leave()
    void load()
  }, { immediate: true })
  const stop = useLive().onEvent(({ subject }) => {
    if (!order.value || subject.id !== order.value.id) return
    clearTimeout(timer)
    timer = setTimeout(() => void load(), SETTLE_MS)
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
  })
  return { order, reasons, face, draft, missing, fault, busy, load, begin, leave, send }
}
