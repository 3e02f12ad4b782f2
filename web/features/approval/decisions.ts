import { ApiProblem, intentKey, type CaseFile } from '@suqian/api-client'

import { tidied, type Decision } from './acts.ts'
import { changesBetween, type Change } from './changes.ts'

/**
 * Where a decision made without a network stands. It is never sent by itself: after the network is back the file is
 * read again, and the official sends it, looks again, or drops it.
 */
export type Verdict =
  | { state: 'waiting' }
  | { state: 'same' }
  | { state: 'changed'; changes: Change[]; possible: boolean }
  | { state: 'gone' }
  | { state: 'refused'; title: string; detail: string }

export interface WaitingDecision {
  id: string
  /** The file as the official saw it when deciding. */
  seen: CaseFile
  decision: Decision
  /** The Idempotency-Key: sending twice does it once. */
  key: string
  at: number
  verdict: Verdict
}

export function waitingDecision(seen: CaseFile, decision: Decision): WaitingDecision {
  const key = intentKey()
  return { id: key, seen, decision: tidied(decision), key, at: Date.now(), verdict: { state: 'waiting' } }
}

/** What has become of the case since the decision was made. Throws Unreachable when nobody can be asked. */
export async function rechecked(
  waiting: WaitingDecision,
  read: (caseId: string) => Promise<CaseFile>,
): Promise<WaitingDecision> {
  try {
    return { ...waiting, verdict: verdictOn(waiting, await read(waiting.seen.id)) }
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return { ...waiting, verdict: { state: 'gone' } }
    throw error
  }
}

function verdictOn({ seen, decision }: WaitingDecision, now: CaseFile): Verdict {
  const possible = now.actions.includes(decision.action)
  if (now.version === seen.version && possible) return { state: 'same' }
  return { state: 'changed', changes: changesBetween(seen, now), possible }
}

/** The decision after the server refused to take it. A missing factor and silence are not refusals: they are thrown. */
export function refused(waiting: WaitingDecision, error: unknown): WaitingDecision {
  if (!(error instanceof ApiProblem) || error.code === 'mfa_required' || error.isPassing) throw error
  return { ...waiting, verdict: { state: 'refused', title: error.title, detail: error.detail } }
}
