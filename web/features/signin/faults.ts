import { ApiProblem, Unreachable } from '@suqian/api-client'

/** What the person reads when a request failed: the backend's own words, or that nobody could be reached. */
export function wordsOf(error: unknown, t: (key: string) => string): string {
  if (error instanceof Unreachable) return t('signin.unreachable')
  if (error instanceof ApiProblem) return error.faults[0]?.detail || error.detail || error.title
  throw error
}
