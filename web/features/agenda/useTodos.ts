import { answer, type TodoShape } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { useApi } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { onScopeDispose, ref, shallowRef } from 'vue'

/** Where a to-do is done, by what it is about; the first route that the app has. */
const ROUTES: Record<string, readonly string[]> = {
  case: ['approval-case'],
  inquiry: ['hotline-order', 'inquiry-handling'],
  inquiry_part: ['inquiry-handling'],
  document: ['document'],
  meeting: ['meeting'],
  work_task: ['work-task'],
}

export function routesFor(todo: TodoShape): readonly string[] {
  return ROUTES[todo.subject_kind] ?? []
}

/** The one inbox, the least time left first; read anew when something is put in or done. */
export function useTodos() {
  const api = useApi()
  const rows = shallowRef<TodoShape[]>([])
  const next = ref<string | null>(null)
  const face = ref<Face>('loading')
  onScopeDispose(useLive().onEvent((event) => event.type.startsWith('workflow.') && void load()))
  void load()

  async function load(): Promise<void> {
    try {
      const page = await answer(api.GET('/api/v1/agenda/todos', { params: { query: { limit: 50 } } }))
      rows.value = page.items
      next.value = page.next
      face.value = page.items.length > 0 ? 'ready' : 'empty'
    } catch (error) {
      face.value = faceOfError(error)
    }
  }

  async function more(): Promise<void> {
    try {
      const page = await answer(api.GET('/api/v1/agenda/todos', { params: { query: { limit: 50, cursor: next.value ?? '' } } }))
      rows.value = [...rows.value, ...page.items]
      next.value = page.next
    } catch (error) {
      face.value = faceOfError(error)
    }
  }

  return { rows, next, face, load, more }
}
