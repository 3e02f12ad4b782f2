import { answer, type CatalogueTheme, type PowerSummary } from '@suqian/api-client'
import { useApi } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { ref, shallowRef } from 'vue'

const PAGE = 100
const MOST_ITEMS = 6
export const AUDIENCES = ['person', 'organisation'] as const

/** The topics and what people and companies can do online. */
export function useHall() {
  const api = useApi()
  const themes = shallowRef<CatalogueTheme[]>([])
  const online = shallowRef<Record<string, Online[]>>({})
  const face = ref<Face>('loading')

  async function load(): Promise<void> {
    face.value = 'loading'
    try {
      const [topics, ...pages] = await Promise.all([
        answer(api.GET('/api/v1/powers/themes')),
        ...AUDIENCES.map((audience) => answer(api.GET('/api/v1/powers', { params: { query: { audience, limit: PAGE } } }))),
      ])
      themes.value = topics.items
      online.value = Object.fromEntries(AUDIENCES.map((audience, at) => [audience, onlineOf(pages[at]?.items ?? [])]))
      face.value = themes.value.length ? 'ready' : 'empty'
    } catch (error) {
      face.value = faceOfError(error)
    }
  }
  return { themes, online, face, load }
}

/** An item that can be applied for online; `code` is null when several bodies offer it under one name. */
export interface Online {
  name: string
  name_en: string
  code: string | null
  bodies: number
}

type Listed = Pick<PowerSummary, 'name' | 'name_en' | 'code' | 'is_online' | 'state'>

/** Items open for application online, one line a name, those offered in most places first. */
export function onlineOf(items: readonly Listed[]): Online[] {
  const byName = new Map<string, Online>()
  for (const item of items.filter((one) => one.is_online && one.state === 'published')) {
    const known = byName.get(item.name)
    const { name, name_en, code } = item
    byName.set(name, { name, name_en, code: known ? null : code, bodies: (known?.bodies ?? 0) + 1 })
  }
  return [...byName.values()].sort((one, other) => other.bodies - one.bodies).slice(0, MOST_ITEMS)
}
