import { answer, etagOf, isProblem, type ChannelChoice } from '@suqian/api-client'
import { useApi } from '@suqian/session'
import { faceOfError, say, useProblemWords, type Face } from '@suqian/ui'
import { ref, shallowRef } from 'vue'

export type Channel = keyof ChannelChoice['channels']

/** The choice of channels, by purpose. A switch moves at once and goes back when it is refused. */
export function useChannels() {
  const api = useApi()
  const words = useProblemWords()
  const items = shallowRef<ChannelChoice[]>([])
  const face = ref<Face>('loading')
  let etag = ''

  async function load(): Promise<void> {
    if (!items.value.length) face.value = 'loading'
    try {
      const result = await api.GET('/api/v1/me/preferences')
      items.value = (await answer(Promise.resolve(result))).items
      etag = etagOf(result.response)
      face.value = 'ready'
    } catch (error) {
      face.value = faceOfError(error)
    }
  }

  async function choose(purpose: ChannelChoice['purpose'], channel: Channel, on: boolean): Promise<void> {
    const before = items.value
    items.value = before.map((item) =>
      item.purpose === purpose ? { ...item, channels: { ...item.channels, [channel]: on } } : item,
    )
    try {
      const body = { [purpose]: { [channel]: on } }
      const result = await api.PATCH('/api/v1/me/preferences', { body, params: { header: { 'If-Match': etag } } })
      items.value = (await answer(Promise.resolve(result))).items
      etag = etagOf(result.response)
    } catch (error) {
      items.value = before
      say(words(error), 'danger')
      if (isProblem(error) && error.status === 412) await load()
    }
  }

  return { items, face, load, choose }
}
