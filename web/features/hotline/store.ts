import { ApiProblem, intentKey, type Call, type InquirySummary, type OrderFile, type RegisterRequest } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { useSession } from '@suqian/session'
import { serverNow } from '@suqian/ui'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'

import { actOn, readChoices, readHistory, readPop, register, takeCall, type Choices } from './api.ts'
import { blankAct } from './acts.ts'
import { blankDraft, bodyOf, type Draft } from './draft.ts'

/** The calls of the hotline and what is being registered: it outlives a look at another page. */
export const useHotline = defineStore('hotline', () => {
  const live = useLive()
  const session = useSession()
  const draft = ref<Draft>(blankDraft())
  /** The call that the draft belongs to; it stays after the caller has hung up. */
  const call = shallowRef<Call | null>(null)
  const history = shallowRef<InquirySummary[]>([])
  const made = shallowRef<OrderFile | null>(null)
  /** What was registered last: its number is read to the caller. */
  const last = shallowRef<OrderFile | null>(null)
  const choices = shallowRef<Choices>({ centres: [], units: [], topics: [], reasons: [], areas: [] })
  const roles = computed(() => (session.profile?.roles ?? []).map(({ role }) => role))
  const mayDispatch = computed(() => roles.value.some((role) => role === 'hotline_dispatcher' || role === 'hotline_leader'))
  const calls = computed(() => [...((live.state.calls ?? []) as Call[])].sort((one, other) => one.received_at.localeCompare(other.received_at)))
  const waiting = computed(() => calls.value.filter((one) => one.state === 'waiting' && !one.operator_id))
  const own = computed(() => calls.value.find((one) => one.operator_id === session.profile?.id && one.state === 'answered') ?? null)
  let key = intentKey()

  /** Take the call that has waited longest, or this one. Throws ApiProblem when a colleague was quicker. */
  async function take(wanted: Call): Promise<void> {
    const taken = await takeCall(wanted.id)
    live.apply({ upsert: { calls: [taken] } })
    begin()
    call.value = taken
    draft.value.phone = taken.number.replace(/^\+86/, '')
    history.value = (await readPop(taken.id)).history
  }

  /** A fresh sheet. */
  function begin(): void {
    draft.value = blankDraft()
    call.value = null
    history.value = []
    made.value = null
    key = intentKey()
  }

  async function lookUp(): Promise<void> {
    history.value = draft.value.phone ? await readHistory(draft.value.phone) : []
  }

  async function send(): Promise<OrderFile> {
    const body: RegisterRequest = bodyOf(draft.value, call.value?.id ?? null)
    last.value = made.value = await register(body, key)
    return made.value
  }

  /** Register; then give it to a unit, or answer it at once. What is registered stays so when the second step fails. */
  async function finish(then: 'keep' | 'dispatch' | 'answer'): Promise<void> {
    const order = made.value ?? (await send())
    if (then === 'dispatch') await actOn(order, { ...blankAct('dispatch'), unit_id: draft.value.unit })
    if (then === 'answer') await actOn(order, { ...blankAct('answer_directly'), text: draft.value.answer, entry_id: draft.value.entry || null })
  }

  /** What is chosen among; read when it is first needed. */
  async function prepare(): Promise<void> {
    if (choices.value.topics.length) return
    try {
      choices.value = await readChoices()
    } catch (error) {
      if (error instanceof ApiProblem && error.status < 500) throw error
    }
  }

  watch(() => session.profile?.id, () => {
    begin()
    last.value = null
  })
  watch(calls, () => {
    const known = calls.value.find((one) => one.id === call.value?.id)
    if (known) call.value = known
    else if (call.value && !call.value.ended_at && live.isReady) call.value = hungUp(call.value)
  })

  /** Calls that are over leave the live state; the sheet keeps its own. */
  function hungUp(over: Call): Call {
    return { ...over, state: 'finished', ended_at: new Date(serverNow()).toISOString() }
  }

  return { draft, call, history, made, last, choices, roles, mayDispatch, calls, waiting, own, take, begin, lookUp, finish, prepare }
})
