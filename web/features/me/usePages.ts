import { faceOfError, say, useProblemWords, type Face } from '@suqian/ui'
import { computed, ref, shallowRef } from 'vue'

interface Page<Row> {
  items: Row[]
  next: string | null
}

/** A list that comes page by page; `fetch` gets the cursor of the page wanted. */
export function usePages<Row>(fetch: (cursor: string | undefined) => Promise<Page<Row>>) {
  const words = useProblemWords()
  const rows = shallowRef<Row[]>([])
  const next = ref<string | null>(null)
  const state = ref<Face>('loading')
  const busy = ref(false)
  const face = computed<Face>(() => (state.value === 'ready' && rows.value.length === 0 ? 'empty' : state.value))

  async function load(): Promise<void> {
    state.value = 'loading'
    try {
      const page = await fetch(undefined)
      rows.value = page.items
      next.value = page.next
      state.value = 'ready'
    } catch (error) {
      state.value = faceOfError(error)
    }
  }

  async function more(): Promise<void> {
    if (!next.value || busy.value) return
    busy.value = true
    try {
      const page = await fetch(next.value)
      rows.value = [...rows.value, ...page.items]
      next.value = page.next
    } catch (error) {
      say(words(error), 'danger')
    } finally {
      busy.value = false
    }
  }

  return { rows, next, face, busy, load, more }
}
