import { answer, type CompanyShape } from '@suqian/api-client'
import { useApi } from '@suqian/session'
import { computed, ref, shallowRef } from 'vue'

const CHOSEN = 'bidding.company'
const items = shallowRef<CompanyShape[]>([])
const chosenId = ref(localStorage.getItem(CHOSEN) ?? '')
const isKnown = ref(false)

/** The companies I act for, and the one I act for now. */
export function useCompanies() {
  const api = useApi()
  const chosen = computed(() => items.value.find((one) => one.id === chosenId.value) ?? items.value[0] ?? null)

  async function load(): Promise<void> {
    items.value = (await answer(api.GET('/api/v1/tenders/companies'))).items
    isKnown.value = true
  }

  function choose(id: string): void {
    chosenId.value = id
    localStorage.setItem(CHOSEN, id)
  }

  return { items, chosen, isKnown, load, choose }
}
