import { ApiProblem, Unreachable, intentKey, isProblem, type Acted, type CaseFile, type Preview } from '@suqian/api-client'
import { ref, shallowRef, type Ref } from 'vue'

import { blankDecision, missingIn, tidied, type Action, type Decision } from './acts.ts'
import { etagFor } from './api.ts'
import { changesBetween, type Change } from './changes.ts'

/** What the official is asked for next. */
export type Stage = 'write' | 'read' | 'factor' | 'changed' | 'offline'

/** What acting needs of the world; tests give their own. */
export interface ActingWorld {
  preview(caseId: string, etag: string, decision: Decision): Promise<Preview>
  act(caseId: string, etag: string, decision: Decision, key: string): Promise<Acted>
  read(caseId: string): Promise<CaseFile>
  stepUp(code: string): Promise<void>
}

/**
 * One act on one case, from the choice of words to the server's yes: what the other side will read is shown before it
 * is sent, signing asks for a fresh factor, a file that changed meanwhile is shown with its changes.
 */
export function useActing(file: Ref<CaseFile>, world: ActingWorld, done: (acted: Acted) => void) {
  const stage = ref<Stage>('write')
  const decision = ref<Decision>(blankDecision('accept'))
  const missing = ref<string[]>([])
  const preview = shallowRef<Preview | null>(null)
  const changes = shallowRef<Change[]>([])
  const isPossible = ref(true)
  const problem = shallowRef<ApiProblem | null>(null)
  const busy = ref(false)
  let key = ''

  /** Begin an act anew. */
  function begin(action: Action): void {
    decision.value = blankDecision(action)
    missing.value = []
    problem.value = null
    preview.value = null
    stage.value = 'write'
    key = intentKey()
  }

  /** Show what the other side will read. */
  async function look(): Promise<void> {
    missing.value = missingIn(decision.value)
    if (missing.value.length > 0) return
    await attempt(async () => {
      preview.value = await world.preview(file.value.id, etagFor(file.value), tidied(decision.value))
      stage.value = 'read'
    })
  }

  /** Do it. */
  async function send(): Promise<void> {
    await attempt(async () => done(await world.act(file.value.id, etagFor(file.value), tidied(decision.value), key)))
  }

  /** Show the second factor and do it. */
  async function sign(code: string): Promise<void> {
    await attempt(async () => {
      await world.stepUp(code)
      done(await world.act(file.value.id, etagFor(file.value), tidied(decision.value), key))
    })
  }

  /** Go on with the same words on the file as it is now. */
  function goOn(): void {
    key = intentKey()
    stage.value = 'write'
  }

  function back(): void {
    problem.value = null
    stage.value = 'write'
  }

  async function attempt(work: () => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = true
    problem.value = null
    try {
      await work()
    } catch (error) {
      await answerTo(error)
    } finally {
      busy.value = false
    }
  }

  async function answerTo(error: unknown): Promise<void> {
    if (error instanceof Unreachable) stage.value = 'offline'
    else if (isProblem(error, 'mfa_required')) stage.value = 'factor'
    else if (error instanceof ApiProblem && (error.status === 412 || error.code === 'case_action_not_allowed')) await compare()
    else if (error instanceof ApiProblem) refuse(error)
    else throw error
  }

  function refuse(error: ApiProblem): void {
    problem.value = error
    if (error.faults.length > 0) {
      missing.value = error.faults.map((fault) => fault.pointer.slice(1))
      stage.value = 'write'
    }
  }

  async function compare(): Promise<void> {
    try {
      const now = await world.read(file.value.id)
      changes.value = changesBetween(file.value, now)
      isPossible.value = now.actions.includes(decision.value.action)
      file.value = now
      stage.value = 'changed'
    } catch (error) {
      if (error instanceof Unreachable) stage.value = 'offline'
      else if (error instanceof ApiProblem) problem.value = error
      else throw error
    }
  }

  return { stage, decision, missing, preview, changes, isPossible, problem, busy, begin, look, send, sign, goOn, back }
}
