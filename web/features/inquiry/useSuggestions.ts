import { answer, type Suggestions } from '@suqian/api-client'
import { useApi } from '@suqian/session'
import { onScopeDispose, shallowRef, watch } from 'vue'

const PAUSE_MS = 700
const LEAST = 6
const NONE: Suggestions = { topics: [], similar: [], knowledge: [] }

/** What the words speak for, asked a moment after somebody stops writing; nothing without a network. */
export function useSuggestions(words: () => string, areaCode: () => string, topic: () => string) {
  const api = useApi()
  const found = shallowRef<Suggestions>(NONE)
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0
  watch([words, areaCode, topic], askSoon, { immediate: true })
  onScopeDispose(() => clearTimeout(timer))

  function askSoon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), PAUSE_MS)
  }

  async function ask(): Promise<void> {
    const mine = (turn += 1)
    if (words().trim().length < LEAST) return void (found.value = NONE)
    const body = { words: words().trim(), area_code: areaCode(), topic: topic() }
    const next = await answer(api.POST('/api/v1/inquiries/suggestions', { body })).catch(() => NONE)
    if (mine === turn) found.value = next
  }

  return found
}
