import type { LawfulDateShape, NoticeBodyRequest } from '@suqian/api-client'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'

import { readLawfulDates } from './api.ts'
import { contentOf, type Draft } from './draft.ts'
import type { Kind } from './items.ts'

const PAUSE_MS = 250
/** What moves other dates. */
const MOVERS = ['documents_from', 'documents_until', 'affects_bids'] as const

/** The earliest lawful days of a draft, asked for anew when something is written from which others count. */
export function useLawful(project: () => string, kind: () => Kind, sections: () => readonly string[], draft: Draft) {
  const dates = shallowRef<LawfulDateShape[]>([])
  const failed = ref(false)
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))
  watch(
    () => [kind(), sections().join(), ...MOVERS.map((name) => draft[name])],
    (_, before) => {
      clearTimeout(timer)
      timer = setTimeout(() => void ask(), before ? PAUSE_MS : 0)
    },
    { immediate: true },
  )

  async function ask(): Promise<void> {
    const body: NoticeBodyRequest = { kind: kind(), section_ids: [...sections()], title: '', content: contentOf(kind(), draft) }
    const own = ++turn
    try {
      const found = await readLawfulDates(project(), body)
      if (own === turn) dates.value = found
      failed.value = false
    } catch {
      failed.value = own === turn
    }
  }

  return { dates, failed }
}
