import { intentKey, isProblem, type BatchResult, type Task } from '@suqian/api-client'
import { useSession } from '@suqian/session'
import { computed, ref, shallowRef, watch, type Ref } from 'vue'

import { tidied, type Action, type Decision } from './acts.ts'
import { actOnAll } from './api.ts'

/** The act that a kind of to-do waits for, where the same words fit many cases. */
const USUAL: Readonly<Record<string, Action>> = {
  'case.accept': 'accept',
  'case.review': 'pass',
  'case.decide': 'grant',
  'case.deliver': 'deliver',
}
export const MOST = 50

export interface Outcome {
  task: Task
  result: BatchResult
}
interface Problem {
  code: string
  title: string
  detail: string
}

export function problemOf({ problem }: BatchResult): Problem | null {
  return problem as Problem | null
}

/** One decision for several to-dos of one kind, a result for each. */
export function useBatch(tasks: Ref<readonly Task[]>) {
  const session = useSession()
  const picking = ref(false)
  const ids = shallowRef<ReadonlySet<string>>(new Set())
  /** Those chosen when the act began, as they were seen then. */
  const held = shallowRef<readonly Task[]>([])
  const outcomes = shallowRef<Outcome[]>([])
  const needsFactor = computed(() => outcomes.value.some(({ result }) => problemOf(result)?.code === 'mfa_required'))
  const busy = ref(false)
  let key = intentKey()

  const picked = computed(() => tasks.value.filter((task) => ids.value.has(task.id)))
  const kind = computed(() => picked.value[0]?.kind ?? null)
  const action = computed(() => (kind.value ? (USUAL[kind.value] ?? null) : null))

  // What somebody else has done meanwhile is no longer chosen.
  watch(tasks, (rows) => {
    ids.value = new Set(rows.filter((task) => ids.value.has(task.id)).map((task) => task.id))
  })

  function toggle(): void {
    picking.value = !picking.value
    ids.value = new Set()
  }

  function canPick(task: Task): boolean {
    if (!(task.kind in USUAL)) return false
    if (isPicked(task)) return true
    return ids.value.size < MOST && (kind.value === null || kind.value === task.kind)
  }

  function isPicked(task: Task): boolean {
    return ids.value.has(task.id)
  }

  function pick(task: Task): void {
    const next = new Set(ids.value)
    if (!next.delete(task.id)) next.add(task.id)
    ids.value = next
  }

  function pickAll(): void {
    const same = tasks.value.filter((task) => task.kind === kind.value)
    ids.value = new Set(same.slice(0, MOST).map((task) => task.id))
  }

  /** Take those chosen in hand, for a new intent. */
  function begin(): void {
    held.value = picked.value
    outcomes.value = []
    key = intentKey()
  }

  /** Do it for all chosen; sent again after a lost answer it does nothing twice. */
  async function send(decision: Decision): Promise<void> {
    const rows = held.value
    await work(async () => {
      const results = await actOnAll(rows, tidied(decision), key)
      outcomes.value = rows.map((task, place) => ({ task, result: results[place] as BatchResult }))
    })
  }

  /** Show the second factor and do those that waited for it. */
  async function sign(decision: Decision, code: string): Promise<void> {
    await work(async () => {
      await session.stepUp(code)
      const left = outcomes.value.filter(({ result }) => problemOf(result)?.code === 'mfa_required')
      const results = await actOnAll(left.map(({ task }) => task), tidied(decision), intentKey())
      const byCase = new Map(left.map(({ task }, place) => [task.id, results[place]]))
      outcomes.value = outcomes.value.map(({ task, result }) => ({ task, result: byCase.get(task.id) ?? result }))
    })
  }

  async function work(done: () => Promise<void>): Promise<void> {
    busy.value = true
    try {
      await done()
    } catch (error) {
      if (isProblem(error)) key = intentKey()
      throw error
    } finally {
      busy.value = false
    }
  }

  return {
    picking, picked, held, kind, action, outcomes, needsFactor, busy,
    toggle, canPick, isPicked, pick, pickAll, begin, send, sign,
  }
}

export type Batch = ReturnType<typeof useBatch>
