import { answer, type PublishedStatistics } from '@suqian/api-client'
import { readThrough } from '@suqian/offline'
import { useApi } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { ref, shallowRef, watch } from 'vue'

/** What to narrow the figures to; empty values do not. An organisation and a topic are not asked for together. */
export interface Chosen {
  year: string
  organisation: string
  theme: string
}

/** The figures of a year. */
export function useStatistics(chosen: () => Chosen) {
  const api = useApi()
  const figures = shallowRef<PublishedStatistics | null>(null)
  const face = ref<Face>('loading')
  watch(chosen, load, { immediate: true })

  async function load(): Promise<void> {
    const asked = chosen()
    if (!figures.value) face.value = 'loading'
    try {
      const query = Object.fromEntries(Object.entries(asked).filter(([, value]) => value))
      const name = `statistics/${asked.year}/${asked.organisation}/${asked.theme}`
      const read = () => answer(api.GET('/api/v1/statistics', { params: { query } }))
      const found = (await readThrough(name, read)).value
      const now = chosen()
      if (now.year !== asked.year || now.organisation !== asked.organisation || now.theme !== asked.theme) return
      figures.value = found
      face.value = 'ready'
    } catch (error) {
      figures.value = null
      face.value = faceOfError(error)
    }
  }

  return { figures, face, load }
}
