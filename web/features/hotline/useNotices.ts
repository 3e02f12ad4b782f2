import type { DeskRow } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { computed, onMounted, onUnmounted, ref, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'

import { readOrders } from './api.ts'
import { beep } from './beep.ts'
import { useHotline } from './store.ts'

const CALM_MS = 12_000
const SETTLE_MS = 400
const SOUND = 'suqian.hotline.sound'
/** What comes after `inquiry.` in the type of an event. */
const NEW = ['received', 'passed']
const RAISED = ['registered', 'classified']

/** Orders that have just come to the dispatchers' desk: emergencies stay until somebody looks, others go by themselves. */
export function useNotices() {
  const { t } = useI18n()
  const live = useLive()
  const hotlineDesk = useHotline()
  const rows = shallowRef<DeskRow[]>([])
  const sound = ref(localStorage.getItem(SOUND) === 'on')
  const urgent = computed(() => rows.value.some((row) => row.urgency === 'urgent'))
  const told = new Set<string>()
  const fresh = new Set<string>()
  const raised = new Set<string>()
  let stop = () => {}
  let looking: ReturnType<typeof setTimeout> | undefined
  let going: ReturnType<typeof setTimeout> | undefined
  let title = ''

  /** The event says which order moved and nothing else: the desk's list says what it is. */
  async function look(): Promise<void> {
    looking = undefined
    const wanted = new Set([...fresh, ...raised])
    try {
      const found = (await readOrders({ queue: 'to_dispatch' })).items.filter((row) => wanted.has(row.id))
      add(found.filter((row) => row.urgency === 'urgent' || fresh.has(row.id)))
    } catch {
      return // the list itself says that it cannot be read
    } finally {
      fresh.clear()
      raised.clear()
    }
  }

  function add(found: DeskRow[]): void {
    const unknown = found.filter((row) => !told.has(`${row.id} ${row.urgency}`))
    if (!unknown.length) return
    unknown.forEach((row) => told.add(`${row.id} ${row.urgency}`))
    const ids = new Set(unknown.map((row) => row.id))
    const all = [...unknown, ...rows.value.filter((row) => !ids.has(row.id))]
    rows.value = all.sort((one, other) => Number(other.urgency === 'urgent') - Number(one.urgency === 'urgent'))
    if (sound.value) beep(urgent.value)
    clearTimeout(going)
    going = setTimeout(() => (rows.value = rows.value.filter((row) => row.urgency === 'urgent')), CALM_MS)
  }

  const close = (id?: string) => (rows.value = id ? rows.value.filter((row) => row.id !== id) : [])
  watch(sound, () => localStorage.setItem(SOUND, sound.value ? 'on' : 'off'))
  watch(() => rows.value.length, (count, before) => {
    if (count && !before) title = document.title
    if (count) document.title = `${t('hotline.notice.inTitle', { count }, count)} ${title}`
    else if (before) document.title = title
  })
  onMounted(() => {
    stop = live.onEvent(({ type, subject }) => {
      if (!hotlineDesk.mayDispatch) return
      const [area, what = ''] = type.split('.')
      if (area !== 'inquiry') return
      if (NEW.includes(what)) fresh.add(subject.id)
      else if (RAISED.includes(what)) raised.add(subject.id)
      else return
      looking ??= setTimeout(() => void look(), SETTLE_MS)
    })
  })
  onUnmounted(() => {
    stop()
    clearTimeout(looking)
    clearTimeout(going)
  })
  return { rows, urgent, sound, close }
}
