import { answer, type CentrePlan, type CentreSummary } from '@suqian/api-client'
import { readThrough } from '@suqian/offline'
import { useApi } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { ref, shallowRef, watch } from 'vue'

/** The centres, and the plan of the one asked for; the first one when none was. Kept for reading without a network. */
export function usePlan(code: () => string) {
  const api = useApi()
  const centres = shallowRef<CentreSummary[]>([])
  const plan = shallowRef<CentrePlan | null>(null)
  const face = ref<Face>('loading')
  watch(code, load, { immediate: true })

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
    return (await readThrough(`centres/${wanted}`, read)).value
  }

  return { centres, plan, face, load }
}
