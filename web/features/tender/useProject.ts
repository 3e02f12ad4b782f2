import { answer, type TenderProjectShape } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { readThrough } from '@suqian/offline'
import { useApi } from '@suqian/session'
import { faceOfError, setServerTime, type Face } from '@suqian/ui'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'

import { keptName } from './keptName.ts'

/** A project with its whole story; read anew when something is told about it and when one comes back to the page. */
export function useProject(id: () => string) {
  const api = useApi()
  const project = shallowRef<TenderProjectShape | null>(null)
  const face = ref<Face>('loading')
  const since = ref<Date | null>(null)
  watch(id, () => void load(), { immediate: true })
  onScopeDispose(useLive().onEvent((event) => void (JSON.stringify(event).includes(id()) && load())))
  const back = () => document.visibilityState === 'visible' && void load()
  document.addEventListener('visibilitychange', back)
  onScopeDispose(() => document.removeEventListener('visibilitychange', back))

  async function load(): Promise<void> {
    const asked = id()
    if (project.value?.id !== asked) face.value = 'loading'
    try {
      const params = { path: { project_id: asked } }
      const found = await readThrough(keptName(asked), () => answer(api.GET('/api/v1/tenders/projects/{project_id}', { params })))
      if (asked !== id()) return
      if (!found.since) setServerTime(found.value.now)
      project.value = found.value
      since.value = found.since
      face.value = 'ready'
    } catch (error) {
      if (asked === id() && project.value?.id !== asked) face.value = faceOfError(error)
    }
  }

  return { project, face, since, load }
}
