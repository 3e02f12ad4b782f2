import type { DocumentRowShape } from '@suqian/api-client'

/** As which of the states that everybody knows a document's state looks. */
export function chipOf(state: DocumentRowShape['state']): string {
  if (state === 'archived' || state === 'handled' || state === 'distributed') return 'closed'
  if (state === 'void') return 'withdrawn'
  if (state === 'draft') return 'draft'
  return 'in_review'
}
