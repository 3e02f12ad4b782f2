import { answer, type CentrePlan, type CentreSummary } from '@suqian/api-client'
import { readThrough } from '@suqian/offline'
import { useApi } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'

import { withoutPresence } from './layout.ts'

/** Who is at the windows changes while one looks. */
const LOOK_MS = 60_000

/** The centres, and the plan of the one asked for; the first one when none was. Kept for reading without a network. */
export function usePlan(code: () => string) {
  const api = useApi()
  const centres = shallowRef<CentreSummary[]>([])
  const plan = shallowRef<CentrePlan | null>(null)
  const face = ref<Face>('loading')
  watch(code, load, { immediate: true })
  const looking = setInterval(() => document.visibilityState === 'visible' && face.value === 'ready' && void load(), LOOK_MS)
  onScopeDispose(() => clearInterval(looking))

  async function load(): Promise<void> {
    if (!plan.value) face.value = 'loading'
    try {
      const page = await readThrough('centres', () => answer(api.GET('/api/v1/centres')))
      centres.value = page.value.items
      const wanted = code() || centres.value[0]?.code
      plan.value = wanted ? await planOf(wanted) : null
      face.value = plan.value ? 'ready' : 'empty'
    } catch (error) {
      plan.value = null
      face.value = faceOfError(error)
    }
  }

  async function planOf(wanted: string): Promise<CentrePlan> {
    const read = () => answer(api.GET('/api/v1/centres/{code}', { params: { path: { code: wanted } } }))
    const { value, since } = await readThrough(`centres/${wanted}`, read)
    return since ? withoutPresence(value) : value
  }

  return { centres, plan, face, load }
}
