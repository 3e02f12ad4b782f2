import 'fake-indexeddb/auto'

import { ApiProblem, Unreachable, type CaseFile } from '@suqian/api-client'
import { describe, expect, it } from 'vitest'

import { blankDecision } from './acts.ts'
import { Archive } from './archive.ts'
import { rechecked, refused, waitingDecision } from './decisions.ts'

const file = (version: number, more: Partial<CaseFile> = {}) =>
  ({
    id: 'c', version, state: 's', state_label: 's', due_on: null, form: {}, materials: [], timeline: [],
    actions: ['accept'], ...more,
  }) as unknown as CaseFile
const waiting = waitingDecision(file(2), blankDecision('accept'))
const problem = (status: number, code = 'x') => new ApiProblem({ code, title: 't', detail: 'd' }, new Response(null, { status }))

describe('a decision made without a network', () => {
  it('is looked at again and told apart: same, changed, impossible, gone', async () => {
    const verdict = async (now: CaseFile) => (await rechecked(waiting, async () => now)).verdict
    expect(await verdict(file(2))).toEqual({ state: 'same' })
    expect(await verdict(file(3, { due_on: '2026-12-01' }))).toMatchObject({ state: 'changed', possible: true })
    expect(await verdict(file(3, { actions: [] }))).toMatchObject({ state: 'changed', possible: false })
    const gone = await rechecked(waiting, async () => Promise.reject(problem(404)))
    expect(gone.verdict).toEqual({ state: 'gone' })
  })

  it('stays as it is while nobody can be asked', async () => {
    await expect(rechecked(waiting, async () => Promise.reject(new Unreachable(null)))).rejects.toBeInstanceOf(Unreachable)
  })

  it('keeps a refusal, but not a missing factor', () => {
    expect(refused(waiting, problem(409)).verdict).toEqual({ state: 'refused', title: 't', detail: 'd' })
    expect(() => refused(waiting, problem(403, 'mfa_required'))).toThrow(ApiProblem)
    expect(() => refused(waiting, problem(503))).toThrow(ApiProblem)
  })
})

describe('the archive', () => {
  it('gives back files, pages and decisions, and nothing of one person to another', async () => {
    const archive = new Archive()
    await archive.belongTo('one')
    await archive.keepFile(file(2))
    await archive.keepPage('c', 'm', new Blob(['bytes'], { type: 'image/png' }))
    await archive.putDecision(waiting)
    expect((await archive.file('c'))?.file.version).toBe(2)
    expect(await (await archive.page('c', 'm'))?.text()).toBe('bytes')
    await archive.belongTo('one')
    expect(await archive.decisions()).toHaveLength(1)
    await archive.belongTo('two')
    expect([await archive.fileIds(), await archive.decisions(), await archive.page('c', 'm')]).toEqual([[], [], null])
  })

  it('keeps the files opened last, with their pages', async () => {
    const archive = new Archive()
    await archive.clear()
    for (let n = 0; n < 42; n += 1) {
      await archive.keepPage(`f${n}`, 'm', new Blob(['x']))
      await archive.keepFile({ ...file(1), id: `f${n}` })
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    expect(await archive.fileIds()).toHaveLength(40)
    expect([await archive.page('f0', 'm'), await archive.page('f41', 'm')]).toEqual([null, expect.any(Blob)])
  })
})
