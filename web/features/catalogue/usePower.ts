import { answer, type Power } from '@suqian/api-client'
import { readThrough } from '@suqian/offline'
import { useApi } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { ref, shallowRef, watch } from 'vue'

/** The guide to one item; what was read once can be read again without a network. */
export function usePower(id: () => string) {
  const api = useApi()
  const power = shallowRef<Power | null>(null)
  const face = ref<Face>('loading')
  /** When this copy was made; null when it is fresh. */
  const since = ref<Date | null>(null)
  watch(id, load, { immediate: true })

  async function load(): Promise<void> {
    face.value = 'loading'
    try {
      const path = { power_id: id() }
      const read = () => answer(api.GET('/api/v1/powers/{power_id}', { params: { path } }))
      const found = await readThrough(`power/${id()}`, read)
      power.value = found.value
      since.value = found.since
      face.value = 'ready'
    } catch (error) {
      face.value = faceOfError(error)
    }
  }

  return { power, face, since, load }
}
