import { Unreachable, type CaseFile } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { faceOfError, type Face } from '@suqian/ui'
import { onMounted, onUnmounted, ref, shallowRef, watch } from 'vue'

import { readFile } from './api.ts'
import { changesBetween, type Change } from './changes.ts'
import { useApproval } from './store.ts'

const SETTLE_MS = 500

/** A case file on the screen: read, kept for reading offline, and told about when it changes under one's eyes. */
export function useCaseFile(id: () => string) {
  const store = useApproval()
  const live = useLive()
  const file = shallowRef<CaseFile | null>(null)
  const face = ref<Face>('loading')
  const since = ref<Date | null>(null)
  /** What changed since the page was opened, until the official has seen it. */
  const news = shallowRef<Change[] | null>(null)
  const error = shallowRef<unknown>(null)
  let base: CaseFile | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    const wanted = id()
    try {
      const found = await store.open(wanted)
      if (wanted !== id()) return
      base = file.value = found.file
      news.value = null
      since.value = found.since
      face.value = 'ready'
      error.value = null
    } catch (refusal) {
      error.value = refusal
      if (!file.value || !(refusal instanceof Unreachable)) face.value = faceOfError(refusal)
    }
  }

  /** Somebody did something: read anew, and say what is other than before. */
  async function look(): Promise<void> {
    const before = file.value
    if (!before) return
    const now = await readFile(before.id).catch(() => null)
    if (!now || now.version === file.value?.version || file.value?.id !== now.id) return
    news.value = changesBetween(base ?? before, now)
    file.value = now
    since.value = null
  }

  function seen(): void {
    base = file.value
    news.value = null
  }

  watch(id, () => {
    file.value = null
    news.value = null
    face.value = 'loading'
    void load()
  })
  const taskOf = () => JSON.stringify(live.tasks.filter((task) => task.subject_id === id()))
  watch(taskOf, () => {
    clearTimeout(timer)
    timer = setTimeout(() => void look(), SETTLE_MS)
  })
  const online = () => void load()
  onMounted(() => {
    void load()
    addEventListener('online', online)
  })
  onUnmounted(() => {
    clearTimeout(timer)
    removeEventListener('online', online)
  })

  return { file, face, since, news, error, load, seen }
}
