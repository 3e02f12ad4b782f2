import type { AnsweredQuestionShape, DeskProjectShape, LawfulCalendarShape, OpenedBidShape, OwnObjectionShape } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { useSession } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'

import { readBids, readCalendar, readObjections, readProject, readQuestions } from './api.ts'

const SETTLE_MS = 500

/** A project on the desk with everything about one of its sections; read anew when something is told about it. */
export function useProject(id: () => string, wanted: () => string) {
  const session = useSession()
  const project = shallowRef<DeskProjectShape | null>(null)
  const calendar = shallowRef<LawfulCalendarShape>({ items: [], acts: [], now: new Date().toISOString() })
  const questions = shallowRef<AnsweredQuestionShape[]>([])
  const objections = shallowRef<OwnObjectionShape[]>([])
  const bids = shallowRef<OpenedBidShape[]>([])
  const face = ref<Face>('loading')
  const section = computed(() => project.value?.sections.find((one) => one.id === wanted()) ?? project.value?.sections[0] ?? null)
  const unanswered = computed(() => questions.value.filter((one) => !one.answered_at).length)
  const pending = computed(() => objections.value.filter((one) => !one.answered_at).length)
  const holds = (role: string) => (session.profile?.roles ?? []).some((held) => held.role === role)
  const mayWrite = computed(() => holds('tender_editor'))
  const mayReview = computed(() => holds('tender_reviewer'))
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))
  onScopeDispose(useLive().onEvent((event) => void (JSON.stringify(event).includes(id()) && soon())))
  watch([id, wanted], () => void load(), { immediate: true })

  function soon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void load(), SETTLE_MS)
  }

  async function load(): Promise<void> {
    const asked = id()
    try {
      const found = await readProject(asked)
      if (asked !== id()) return
      project.value = found
      if (section.value) await loadSection(section.value.id, Boolean(section.value.opened_at))
      face.value = 'ready'
    } catch (error) {
      if (asked === id() && project.value?.id !== asked) face.value = faceOfError(error)
    }
  }

  async function loadSection(of: string, isOpened: boolean): Promise<void> {
    const found = await Promise.all([readCalendar(of), readQuestions(of), readObjections(of), isOpened ? readBids(of) : []])
    if (of !== section.value?.id) return
    ;[calendar.value, questions.value, objections.value, bids.value] = found
  }

  return { project, section, calendar, questions, objections, bids, unanswered, pending, mayWrite, mayReview, face, load }
}
