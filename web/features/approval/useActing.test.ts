import { ApiProblem, Unreachable, type Acted, type CaseFile, type Preview } from '@suqian/api-client'
import { describe, expect, it, vi } from 'vitest'
import { shallowRef } from 'vue'

import { useActing, type ActingWorld } from './useActing.ts'

const file = (version: number, more: Partial<CaseFile> = {}) =>
  ({
    id: 'c', version, state: 'pending_decision', state_label: 'p', due_on: null, form: {}, materials: [], timeline: [],
    actions: ['grant', 'deny'], ...more,
  }) as unknown as CaseFile
const refusal = (status: number, code: string, errors: ApiProblem['faults'] = []) =>
  new ApiProblem({ code, title: 't', detail: 'd', errors: [...errors] }, new Response(null, { status }))

function stage(changes: Partial<ActingWorld> = {}) {
  const seen = shallowRef(file(3))
  const done = vi.fn()
  const world: ActingWorld = {
    preview: vi.fn(async () => ({ state: 'approved' }) as Preview),
    act: vi.fn(async () => ({ version: 4 }) as Acted),
    read: vi.fn(async () => file(4)),
    stepUp: vi.fn(async () => undefined),
    ...changes,
  }
  const acting = useActing(seen, world, done)
  acting.begin('grant')
  return { acting, world, done, seen }
}

describe('acting on a case', () => {
  it('asks for what is missing before it asks the server', async () => {
    const { acting, world } = stage()
    await acting.look()
    expect(acting.missing.value).toEqual(['opinion'])
    expect(world.preview).not.toHaveBeenCalled()
  })

  it('shows what will be read, then does it as the version seen', async () => {
    const { acting, world, done } = stage()
    acting.decision.value.opinion = ' fine '
    await acting.look()
    expect(acting.stage.value).toBe('read')
    await acting.send()
    expect(world.act).toHaveBeenCalledExactlyOnceWith('c', '"3"', expect.objectContaining({ opinion: 'fine' }), expect.any(String))
    expect(done).toHaveBeenCalledWith({ version: 4 })
  })

  it('asks for a fresh factor and sends the same intent after it', async () => {
    const act = vi.fn().mockRejectedValueOnce(refusal(403, 'mfa_required')).mockResolvedValueOnce({ version: 4 })
    const { acting, world, done } = stage({ act })
    acting.decision.value.opinion = 'fine'
    await acting.send()
    expect(acting.stage.value).toBe('factor')
    await acting.sign('123456')
    expect(world.stepUp).toHaveBeenCalledWith('123456')
    expect(act.mock.calls[0]?.[3]).toBe(act.mock.calls[1]?.[3])
    expect(done).toHaveBeenCalledOnce()
  })

  it('stays where it is when the code is wrong', async () => {
    const act = vi.fn().mockRejectedValue(refusal(403, 'mfa_required'))
    const { acting, done } = stage({ act, stepUp: vi.fn().mockRejectedValue(refusal(401, 'code_invalid')) })
    acting.decision.value.opinion = 'fine'
    await acting.send()
    await acting.sign('000000')
    expect([acting.stage.value, acting.problem.value?.code]).toEqual(['factor', 'code_invalid'])
    expect(done).not.toHaveBeenCalled()
  })

  it('shows what changed and goes on from there as a new intent, keeping the words', async () => {
    const act = vi.fn().mockRejectedValueOnce(refusal(412, 'stale')).mockResolvedValueOnce({ version: 5 })
    const { acting, seen } = stage({ act, read: async () => file(4, { due_on: '2026-12-01' }) })
    acting.decision.value.opinion = 'fine'
    await acting.send()
    expect([acting.stage.value, acting.isPossible.value]).toEqual(['changed', true])
    expect(acting.changes.value).toEqual([{ kind: 'due', from: null, to: '2026-12-01' }])
    acting.goOn()
    await acting.send()
    expect(seen.value.version).toBe(4)
    expect(act.mock.calls[1]?.slice(1, 3)).toEqual(['"4"', expect.objectContaining({ opinion: 'fine' })])
    expect(act.mock.calls[0]?.[3]).not.toBe(act.mock.calls[1]?.[3])
  })

  it('says when the act is no longer possible', async () => {
    const read = async () => file(4, { state: 'denied', actions: [] })
    const { acting } = stage({ act: vi.fn().mockRejectedValue(refusal(412, 'stale')), read })
    acting.decision.value.opinion = 'fine'
    await acting.send()
    expect(acting.isPossible.value).toBe(false)
  })

  it('offers to keep the decision when nobody can be reached', async () => {
    const { acting, done } = stage({ preview: vi.fn().mockRejectedValue(new Unreachable(null)) })
    acting.decision.value.opinion = 'fine'
    await acting.look()
    expect(acting.stage.value).toBe('offline')
    expect(done).not.toHaveBeenCalled()
  })

  it('brings the official back to the field the server found fault with', async () => {
    const fault = { pointer: '/extension_days', code: 'max_value', detail: 'at most 10' }
    const { acting } = stage({ preview: vi.fn().mockRejectedValue(refusal(422, 'case_field_needed', [fault])) })
    acting.decision.value.opinion = 'fine'
    await acting.look()
    expect([acting.stage.value, acting.missing.value]).toEqual(['write', ['extension_days']])
  })
})
