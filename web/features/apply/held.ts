import { changeDraft, database, type Draft } from '@suqian/offline'
import { shallowRef } from 'vue'

/**
 * A draft on the screen and the same one kept on this device, where sending writes too. A change shows at once and is
 * kept in turn with what sending writes, so that neither takes back what the other did.
 */
export function useHeld() {
  const draft = shallowRef<Draft | null>(null)
  let unkept = 0

  /** Change what is on the screen, and what is kept as it is by then. */
  async function change(by: (was: Draft) => Partial<Draft>): Promise<void> {
    if (!draft.value) return
    const { id } = draft.value
    const changed = (was: Draft): Draft => ({ ...was, ...by(was), changedAt: Date.now() })
    draft.value = changed(draft.value)
    unkept += 1
    const kept = await database()
      .then((db) => changeDraft(db, id, changed))
      .finally(() => (unkept -= 1))
    take(kept)
  }

  /** Take over what sending changed: the number of the case, answers known already, files that arrived. */
  async function refresh(): Promise<void> {
    if (draft.value) take((await (await database()).get('drafts', draft.value.id)) ?? null)
  }

  /** What is being kept at this moment brings all the rest with it when it is done. */
  function take(kept: Draft | null): void {
    if (kept && unkept === 0 && kept.id === draft.value?.id) draft.value = kept
  }

  return { draft, change, refresh }
}
