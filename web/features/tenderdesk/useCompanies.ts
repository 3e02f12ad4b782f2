import { reactive, watch } from 'vue'

import { readCompany } from './api.ts'

/** The names of companies by their ids, looked up as they come. */
export function useCompanies(project: () => string, ids: () => readonly string[]) {
  const names = reactive<Record<string, string>>({})
  watch(ids, (found) => found.forEach((id) => void (id in names || look(id))), { immediate: true })

  async function look(id: string): Promise<void> {
    names[id] = ''
    try {
      names[id] = (await readCompany(project(), id)).name
    } catch {
      delete names[id]
    }
  }

  const nameOf = (id: string): string => names[id] || id
  return { names, nameOf }
}
