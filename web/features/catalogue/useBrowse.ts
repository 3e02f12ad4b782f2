import { answer, type CatalogueOrganisation, type CatalogueTheme } from '@suqian/api-client'
import { readThrough } from '@suqian/offline'
import { useApi } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { computed, ref, shallowRef } from 'vue'

const PAGE = 100
const MOST_PAGES = 20

/** An organisation that others belong to, with those of them that have items. */
export interface Place {
  id: string
  name: string
  members: CatalogueOrganisation[]
}

/** The topics and organisations to look under. */
export function useBrowse() {
  const api = useApi()
  const themes = shallowRef<CatalogueTheme[]>([])
  const organisations = shallowRef<CatalogueOrganisation[]>([])
  const face = ref<Face>('loading')
  const places = computed(() => placesOf(organisations.value))

  async function load(): Promise<void> {
    face.value = 'loading'
    try {
      const [topics, bodies] = await Promise.all([
        readThrough('powers/themes', () => answer(api.GET('/api/v1/powers/themes'))),
        readThrough('organisations', allOrganisations),
      ])
      themes.value = topics.value.items
      organisations.value = bodies.value
      face.value = themes.value.length + organisations.value.length > 0 ? 'ready' : 'empty'
    } catch (error) {
      face.value = faceOfError(error)
    }
  }

  async function allOrganisations(): Promise<CatalogueOrganisation[]> {
    const found: CatalogueOrganisation[] = []
    let cursor: string | null = null
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query: { limit: number; cursor?: string } = cursor ? { limit: PAGE, cursor } : { limit: PAGE }
      const taken = await answer(api.GET('/api/v1/organisations', { params: { query } }))
      found.push(...taken.items)
      cursor = taken.next
      if (!cursor) break
    }
    return found
  }

  return { themes, organisations, places, face, load }
}

/** Organisations with items, under the government they belong to. */
export function placesOf(organisations: readonly CatalogueOrganisation[]): Place[] {
  const names = new Map(organisations.map((one) => [one.id, one.short_name || one.name]))
  const places = new Map<string, Place>()
  for (const body of organisations.filter((one) => one.power_count > 0)) {
    const id = body.parent_id ?? body.id
    const place = places.get(id) ?? { id, name: names.get(id) ?? body.name, members: [] }
    place.members.push(body)
    places.set(id, place)
  }
  return [...places.values()]
}
