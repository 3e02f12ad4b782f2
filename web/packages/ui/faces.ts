/** What a list shows: itself, or one of its five faces. */
export type Face = 'ready' | 'empty' | 'loading' | 'error' | 'offline' | 'forbidden'

interface Failure {
  name?: string
  status?: number
}

/** The face of a list that failed: nobody could be reached, one may not, or something else went wrong. */
export function faceOfError(error: unknown): Face {
  const { name, status } = (error ?? {}) as Failure
  if (name === 'Unreachable') return 'offline'
  return status === 401 || status === 403 || status === 404 ? 'forbidden' : 'error'
}
