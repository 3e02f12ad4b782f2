import { ApiProblem, intentKey, isProblem, type OrderFile } from '@suqian/api-client'
import { faceOfError, useProblemWords, type Face } from '@suqian/ui'
import { ref, shallowRef, watch } from 'vue'

import { blankAct, missingIn, type ActDraft, type Field } from './acts.ts'
import { actOn, readOrder, type Act } from './api.ts'
import { useMoves } from './useMoves.ts'

/** An order on the screen, and one act on it from the first word to the server's yes. */
export function useOrder(id: () => string, said: (act: Act) => void) {
  const problem = useProblemWords()
  const order = shallowRef<OrderFile | null>(null)
  const face = ref<Face>('loading')
  const draft = ref<ActDraft | null>(null)
  const missing = ref<Field[]>([])
  const fault = ref('')
  const busy = ref(false)
  let key = ''

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

  function begin(act: Act): void {
    draft.value = blankAct(act)
    missing.value = []
    fault.value = ''
    key = intentKey()
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
      await actOn(order.value, draft.value, key)
      said(draft.value.action)
      leave()
      await load()
    } catch (error) {
      fault.value = problem(error)
      if (isProblem(error)) key = intentKey()
      if (isProblem(error) && (error.status === 412 || error.status === 409)) await load()
    } finally {
      busy.value = false
    }
  }

  watch(id, () => {
    order.value = null
    face.value = 'loading'
    leave()
    void load()
  }, { immediate: true })
  useMoves(() => void load(), (_kind, subject) => subject === id())
  return { order, face, draft, missing, fault, busy, load, begin, leave, send }
}
