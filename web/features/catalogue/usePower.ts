import { answer, type Power } from '@suqian/api-client'
import { readThrough } from '@suqian/offline'
import { useApi } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { ref, shallowRef, watch } from 'vue'

/** The id of an item, or its code. */
export interface Which {
  id?: string
  code?: string
}

/** The guide to one item; what was read once can be read again without a network. */
export function usePower(which: () => Which) {
  const api = useApi()
  const power = shallowRef<Power | null>(null)
  const face = ref<Face>('loading')
  /** When this copy was made; null when it is fresh. */
  const since = ref<Date | null>(null)
  watch(() => which().id ?? which().code, load, { immediate: true })

  async function load(): Promise<void> {
    face.value = 'loading'
    try {
      const { id, code } = which()
      const found = await readThrough(`power/${id ?? code}`, () => (id ? byId(id) : byCode(code ?? '')))
      power.value = found.value
      since.value = found.since
      face.value = 'ready'
    } catch (error) {
      face.value = faceOfError(error)
    }
  }

  function byId(id: string): Promise<Power> {
    return answer(api.GET('/api/v1/powers/{power_id}', { params: { path: { power_id: id } } }))
  }

  function byCode(code: string): Promise<Power> {
    return answer(api.GET('/api/v1/powers/codes/{code}', { params: { path: { code } } }))
  }

  return { power, face, since, load }
}
