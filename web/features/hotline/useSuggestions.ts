import type { DeskSuggestions } from '@suqian/api-client'
import { onScopeDispose, shallowRef, watch } from 'vue'

import { suggest } from './api.ts'

const SETTLE_MS = 350
const LEAST = 4

interface Asked {
  words: string
  area: string
  topic: string
}

/** What the words speak for, while they are being typed. A late answer to earlier words is let go. */
export function useSuggestions(asked: () => Asked) {
  const found = shallowRef<DeskSuggestions | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  async function look(own: number): Promise<void> {
    const { words, area, topic } = asked()
    try {
      const answer = await suggest(words, area, topic)
      if (own === turn) found.value = answer
    } catch {
      if (own === turn) found.value = null
    }
  }

  watch(
    () => [asked().words.trim(), asked().area, asked().topic] as const,
    ([words]) => {
      clearTimeout(timer)
      turn += 1
      const own = turn
      if (words.length < LEAST) found.value = null
      else timer = setTimeout(() => void look(own), SETTLE_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return { found }
}
