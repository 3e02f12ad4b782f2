import { answer, type PunchBodyRequest, type TodayShape } from '@suqian/api-client'
import { today as dayNow } from '@suqian/i18n'
import { useLive } from '@suqian/live'
import { privately, readThrough, useOutbox } from '@suqian/offline'
import { useApi, useSession } from '@suqian/session'
import { faceOfError, useProblemWords, type Face } from '@suqian/ui'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'

import { punch, PUNCH, type Kind } from './punching.ts'

export type Outcome = 'taken' | 'waiting' | 'refused'

/** My day: what is expected, what was punched, what still waits in this device. */
export function useToday() {
  const api = useApi()
  const outbox = useOutbox()
  const person = useSession().profile?.id ?? ''
  const words = useProblemWords()
  const today = shallowRef<TodayShape | null>(null)
  const since = shallowRef<Date | null>(null)
  const face = ref<Face>('loading')
  const busy = ref(false)
  const fault = ref('')
  const waiting = computed(() => outbox.of(PUNCH).filter((entry) => entry.state !== 'sent'))
  const next = computed<Kind>(() => {
    const last = waiting.value.at(-1)
    if (last) return (last.payload as PunchBodyRequest).kind === 'in' ? 'out' : 'in'
    return today.value?.day === dayNow() ? today.value.next : 'in'
  })
  void load()
  watch(() => waiting.value.length, (now, before) => now < before && void load())
  onScopeDispose(useLive().onEvent((event) => event.type.startsWith('attendance') && void load()))

  async function load(): Promise<void> {
    try {
      const found = await readThrough(privately(person, 'attendance'), () => answer(api.GET('/api/v1/attendance/today')))
      today.value = found.value
      since.value = found.since
      face.value = 'ready'
    } catch (error) {
      if (!today.value) face.value = faceOfError(error)
    }
  }

  /** Come or go at this moment, and say how it went. */
  async function clock(kind: Kind): Promise<Outcome> {
    busy.value = true
    fault.value = ''
    try {
      const made = await punch(kind)
      await load()
      return made ? 'taken' : 'waiting'
    } catch (error) {
      fault.value = words(error)
      return 'refused'
    } finally {
      busy.value = false
    }
  }

  return { today, since, face, busy, fault, waiting, next, load, clock, retry: outbox.retry, discard: outbox.discard }
}
