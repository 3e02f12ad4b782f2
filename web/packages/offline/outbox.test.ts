import 'fake-indexeddb/auto'

import { ApiProblem, Unreachable } from '@suqian/api-client'
import { beforeEach, describe, expect, it } from 'vitest'

import { openDatabase, type Database } from './db.ts'
import { changeDraft, draftsOf, findDraft, merged, type Draft } from './drafts.ts'
import { forgetPerson, privately } from './forget.ts'
import { changeNote, dropNote, findNote, keepNote, notesOf } from './notes.ts'
import { Outbox } from './outbox.ts'
import { fitted } from './pictures.ts'

let db: Database
let count = 0
let time = 0
let person: string | null = 'wang'
let online = true

function problem(status: number, code = 'refused', headers: Record<string, string> = {}): ApiProblem {
  const body = { code, title: '不行', detail: '请改', errors: [] } // not a text: an answer of the server
  return new ApiProblem(body, new Response(null, { status, headers }))
}

function outbox(): Outbox {
  const world = {
    person: () => person, now: () => time, online: () => online, exclusively: <T>(work: () => Promise<T>) => work(),
    changed: () => undefined, progress: () => undefined,
  }
  return new Outbox(() => Promise.resolve(db), world)
}

async function states(box: Outbox): Promise<string[]> {
  return (await box.entries()).map((entry) => `${entry.kind} ${entry.state}`)
}

beforeEach(async () => {
  count += 1
  time = 1000
  person = 'wang'
  online = true
  db = await openDatabase(`test-${count}`)
})

describe('what waits to be sent', () => {
  it('keeps its key over a lost network and a closed page', async () => {
    const keys: string[] = []
    const box = outbox()
    box.handle('submit', (entry) => Promise.reject((keys.push(entry.key), new Unreachable(null))))
    await box.add({ subject: 'case-1', kind: 'submit', payload: { version: 3 } })
    await box.flush()
    expect(await states(box)).toEqual(['submit waiting'])

    const later = outbox()
    later.handle('submit', (entry) => Promise.resolve(void keys.push(entry.key)))
    await later.flush()
    expect(await states(later)).toEqual(['submit waiting'])
    await later.hurry()
    await later.flush()
    expect(await states(later)).toEqual(['submit sent'])
    expect(new Set(keys).size).toBe(1)
    expect(keys).toHaveLength(2)
  })

  it('tries nothing while there is surely no network, and waits no longer for it afterwards', async () => {
    const box = outbox()
    let tries = 0
    box.handle('save', () => (tries++ < 6 ? Promise.reject(new Unreachable(null)) : Promise.resolve()))
    online = false
    await box.add({ subject: 'a', kind: 'save', payload: null })
    await box.flush()
    expect(tries).toBe(0)
    online = true
    for (let round = 0; round < 6; round += 1) {
      await box.hurry()
      await box.flush()
    }
    expect((await box.entries())[0]).toMatchObject({ state: 'waiting', attempts: 1, nextAt: time + 2000 })
    time += 2000
    await box.flush()
    expect(await states(box)).toEqual(['save sent'])
  })

  it('sends what a killed page left half sent', async () => {
    const box = outbox()
    const added = await box.add({ subject: 'case-1', kind: 'submit', payload: null })
    await db.put('outbox', { ...added, state: 'sending' })
    box.handle('submit', () => Promise.resolve())
    await box.flush()
    expect(await states(box)).toEqual(['submit sent'])
  })

  it('holds back later things of a subject that failed, and lets others go', async () => {
    const box = outbox()
    const sent: string[] = []
    box.handle('file', (entry) => (entry.subject === 'a' ? Promise.reject(problem(422)) : Promise.resolve(void sent.push('file b'))))
    box.handle('submit', (entry) => Promise.resolve(void sent.push(`submit ${entry.subject}`)))
    for (const subject of ['a', 'b']) {
      await box.add({ subject, kind: 'file', payload: null })
      await box.add({ subject, kind: 'submit', payload: null })
    }
    await box.flush()
    expect(sent).toEqual(['file b', 'submit b'])
    const [first] = await box.entries()
    expect([first?.state, first?.problem?.detail]).toEqual(['failed', '请改']) // not a text: see above
  })

  it('lets a refused file hold back nothing but the handing in', async () => {
    const box = outbox()
    const sent: string[] = []
    box.handle('file', (entry) => (entry.payload === 'bad' ? Promise.reject(problem(422)) : Promise.resolve(void sent.push('file'))), { free: true })
    box.handle('submit', () => Promise.resolve(void sent.push('submit')), { last: true })
    const bad = await box.add({ subject: 'a', kind: 'file', payload: 'bad' })
    await box.add({ subject: 'a', kind: 'file', payload: 'good' })
    await box.add({ subject: 'a', kind: 'submit', payload: null })
    await box.flush()
    expect(sent).toEqual(['file'])
    await box.discard(bad.seq)
    await box.flush()
    expect(sent).toEqual(['file', 'submit'])
  })

  it('takes a refusal that was seen to for a new intent', async () => {
    const box = outbox()
    const keys: string[] = []
    let refuse = true
    box.handle('submit', (entry) => {
      keys.push(entry.key)
      return refuse ? Promise.reject(problem(422)) : Promise.resolve()
    })
    const { seq } = await box.add({ subject: 'a', kind: 'submit', payload: null })
    await box.flush()
    refuse = false
    await box.flush()
    expect(keys).toHaveLength(1)
    await box.retry(seq)
    await box.flush()
    expect(await states(box)).toEqual(['submit sent'])
    expect(new Set(keys).size).toBe(2)
  })

  it('waits as long as a busy server asks', async () => {
    const box = outbox()
    let tries = 0
    box.handle('save', () => Promise.reject((tries += 1, problem(429, 'throttled', { 'Retry-After': '60' }))))
    await box.add({ subject: 'a', kind: 'save', payload: null })
    await box.flush()
    time += 59_000
    await box.flush()
    expect(tries).toBe(1)
    time += 2000
    await box.flush()
    expect(tries).toBe(2)
  })

  it('lets a newer saving take the place of one that waits, never of one under way', async () => {
    const box = outbox()
    await box.add({ subject: 'a', kind: 'save', payload: 1, replaces: true })
    await box.add({ subject: 'a', kind: 'save', payload: 2, replaces: true })
    expect((await box.entries()).map((entry) => entry.payload)).toEqual([2])
    const [only] = await box.entries()
    await db.put('outbox', { ...only!, state: 'sending' })
    await box.add({ subject: 'a', kind: 'save', payload: 3, replaces: true })
    expect((await box.entries()).map((entry) => entry.payload)).toEqual([2, 3])
  })

  it('shows and sends nobody else what is mine', async () => {
    const box = outbox()
    let sent = 0
    box.handle('save', () => Promise.resolve(void (sent += 1)))
    await box.add({ subject: 'a', kind: 'save', payload: null })
    person = 'li'
    await box.flush()
    expect([sent, await states(box)]).toEqual([0, []])
  })
})

describe('drafts', () => {
  const draft: Draft = {
    id: 'd1', person: 'wang', powerId: 'p', powerName: '', organisationName: '',
    applicant: { kind: 'person', legal_person_id: null }, form: {}, base: {}, caseId: '', etag: '', files: [], asked: [], step: '', changedAt: 1,
  }

  it('are found by their own id and by that of the case, by their owner only', async () => {
    await db.put('drafts', draft)
    await changeDraft(db, 'd1', (one) => ({ ...one, caseId: 'c1' }))
    expect((await findDraft(db, 'wang', 'c1'))?.id).toBe('d1')
    expect((await findDraft(db, 'wang', 'd1'))?.caseId).toBe('c1')
    expect(await findDraft(db, 'li', 'd1')).toBeNull()
    expect(await changeDraft(db, 'gone', (one) => one)).toBeNull()
  })

  it('are forgotten with everything of the person who signs out', async () => {
    await db.put('drafts', draft)
    await db.put('drafts', { ...draft, id: 'd2', person: 'li' })
    await db.put('kept', { key: privately('wang', 'case/1'), value: 1, at: 1 })
    await db.put('kept', { key: 'power/1', value: 1, at: 1 })
    await outbox().add({ subject: 'a', kind: 'save', payload: null })
    await forgetPerson(db, 'wang')
    expect(await draftsOf(db, 'wang')).toEqual([])
    expect(await draftsOf(db, 'li')).toHaveLength(1)
    expect(await db.getAllKeys('kept')).toEqual(['power/1'])
    expect(await db.count('outbox')).toBe(0)
  })

  it('of two devices become one, answer by answer', () => {
    const base = { name: 'a', area: 1, items: ['x'] }
    expect(merged(base, { name: 'b', area: 1, items: ['x'] }, { name: 'a', area: 2, items: ['x'] })).toEqual({
      name: 'b', area: 2, items: ['x'],
    })
    expect(merged(base, { area: 1, items: ['x'] }, { ...base, staff: 3 })).toEqual({ area: 1, items: ['x'], staff: 3 })
  })
})

describe('notes', () => {
  const note = { id: 'n1', person: 'wang', kind: 'inquiry', changedAt: 1 }

  it('are kept several at once, read by their owner and kind, and forgotten', async () => {
    await keepNote(db, note)
    await keepNote(db, { ...note, id: 'n2', changedAt: 2 })
    await keepNote(db, { ...note, id: 'n3', kind: 'other' })
    await keepNote(db, { ...note, id: 'n4', person: 'li' })
    expect((await notesOf(db, 'wang', 'inquiry')).map((one) => one.id)).toEqual(['n2', 'n1'])
    expect(await findNote(db, 'wang', 'n4')).toBeNull()
    await changeNote(db, 'n1', (one) => ({ ...one, changedAt: 9 }))
    await dropNote(db, 'n2')
    expect((await notesOf(db, 'wang', 'inquiry')).map((one) => one.changedAt)).toEqual([9])
    await forgetPerson(db, 'wang')
    expect(await db.getAllKeys('notes')).toEqual(['n4'])
  })
})

describe('pictures', () => {
  it('fit into a square without being blown up', () => {
    expect(fitted(4000, 3000, 2400)).toEqual({ width: 2400, height: 1800 })
    expect(fitted(300, 200, 2400)).toEqual({ width: 300, height: 200 })
    expect(fitted(1, 9000, 2400)).toEqual({ width: 1, height: 2400 })
  })
})
