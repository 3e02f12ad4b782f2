import { computed, onMounted, onUnmounted, ref, shallowRef, watch } from 'vue'

import { readNumbers, readTexts, type KnownNumber, type ShownText } from './carrier.ts'
import { canonical, phonesAtFirst } from './reading.ts'

const KEPT = 'phones.table'
const LOOK_MS = 1000
export const MOST = 4

/** The phones on the table, their texts, kept true by looking once a second. */
export function useTable() {
  const numbers = ref<string[]>([])
  const known = shallowRef<KnownNumber[]>([])
  const sender = ref('')
  const texts = shallowRef<Readonly<Record<string, ShownText[]>>>({})
  const isReady = ref(false)
  const isAway = ref(false)
  const free = computed(() => known.value.filter((one) => !numbers.value.includes(one.number)))
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  async function look(): Promise<void> {
    try {
      const found = await readNumbers()
      sender.value = found.sender
      known.value = found.numbers
      if (!isReady.value) settle(found.numbers)
      const read = await Promise.all(numbers.value.map(readTexts))
      texts.value = Object.fromEntries(read.map((one) => [one.number, one.texts]))
      isReady.value = true
      isAway.value = false
    } catch {
      isAway.value = true
    }
  }

  function settle(latest: KnownNumber[]): void {
    const kept = localStorage.getItem(KEPT)
    numbers.value = phonesAtFirst(location.search, kept, latest.map((one) => one.number), MOST)
  }

  async function loop(): Promise<void> {
    await look()
    if (!stopped) timer = setTimeout(() => void loop(), document.hidden ? LOOK_MS * 5 : LOOK_MS)
  }

  /** Put a phone on the table; false when it is no mobile number. */
  function add(typed: string): boolean {
    const number = canonical(typed)
    if (!number) return false
    if (!numbers.value.includes(number)) numbers.value = [...numbers.value, number].slice(-MOST)
    void look()
    return true
  }

  function remove(number: string): void {
    numbers.value = numbers.value.filter((one) => one !== number)
  }

  watch(numbers, (now) => isReady.value && localStorage.setItem(KEPT, JSON.stringify(now)))
  onMounted(() => void loop())
  onUnmounted(() => {
    stopped = true
    clearTimeout(timer)
  })

  return { numbers, known, free, sender, texts, isReady, isAway, look, add, remove }
}
