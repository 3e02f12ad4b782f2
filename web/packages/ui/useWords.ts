import { ApiProblem, Unreachable } from '@suqian/api-client'
import { useI18n } from 'vue-i18n'

/** What a person reads when a request failed: the backend's own words, or that nobody could be reached. */
export function useProblemWords(): (error: unknown) => string {
  const { t } = useI18n()
  return (error) => {
    if (error instanceof Unreachable) return t('ui.unreachable')
    if (error instanceof ApiProblem) return error.faults[0]?.detail || error.detail || error.title || t('ui.faces.error.hint')
    throw error
  }
}
