import type { Answers, Fault } from '@suqian/forms'
import { isElder } from '@suqian/shell'
import { computed, nextTick, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'

import { askedSteps, faultsIn, placeOf, stepsOf, type Step } from './steps.ts'
import type { useDraft } from './useDraft.ts'

/** Going through the screens of an application: one at a time, each with its own address, so that "back" is back. */
export function useWizard({ draft, item, schema, at, save }: ReturnType<typeof useDraft>) {
  const route = useRoute()
  const router = useRouter()
  const faults = shallowRef<Fault[]>([])
  /** The answers by which the screens were cut; they stay while one types. */
  const cutBy = shallowRef<Answers>({})
  const hasReviewed = ref(false)

  watch([item, () => draft.value?.caseId], () => (cutBy.value = draft.value?.form ?? {}), { immediate: true })
  const isAsked = computed(() => (draft.value?.asked.length ?? 0) > 0)
  const cut = computed(() => (item.value ? stepsOf(item.value, cutBy.value, { single: isElder.value, asked: isAsked.value }) : []))
  const steps = computed(() => askedSteps(cut.value, schema.value, draft.value?.form ?? {}))
  const wanted = computed(() => String(route.query.step ?? draft.value?.step ?? ''))
  const place = computed(() => placeOf(steps.value, wanted.value))
  const step = computed<Step | undefined>(() => steps.value[place.value])
  const review = computed(() => steps.value.findIndex((one) => one.kind === 'review'))
  /** How many screens the way has; those that only stand by are not counted. */
  const length = computed(() => (isAsked.value ? review.value + 1 : steps.value.length))

  watch(() => step.value?.name, () => {
    const now = step.value
    if (!now) return
    at(now.name)
    if (now.kind === 'review') hasReviewed.value = true
    faults.value = []
    void nextTick(() => document.querySelector<HTMLElement>('#step-title')?.focus())
    scrollTo({ top: 0 })
  })

  /** Check this screen and go on; stays and tells when something is wrong. */
  async function next(): Promise<void> {
    if (!step.value || !draft.value) return
    if (step.value.kind === 'questions') {
      faults.value = faultsIn(schema.value, draft.value.form, step.value.page.names)
      if (faults.value.length > 0) return focusOn(faults.value[0]?.name)
    }
    void save()
    const on = hasReviewed.value || isAsked.value ? review.value : place.value + 1
    await goTo(steps.value[Math.min(on, steps.value.length - 1)]?.name ?? '')
  }

  /** The screen with this name, or the one that asks this question. */
  async function goTo(name: string): Promise<void> {
    await router.push({ query: { ...route.query, step: steps.value[placeOf(steps.value, name)]?.name } })
    focusOn(name)
  }

  function focusOn(name: string | undefined): void {
    if (name) void nextTick(() => document.getElementById(`question-${name}`)?.focus())
  }

  return { step, steps, place, length, faults, isAsked, next, goTo, focusOn }
}
