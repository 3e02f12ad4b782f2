import type { InquirySummary, InquiryTimeline } from '@suqian/api-client'
import { describe, expect, it } from 'vitest'

import { blankNote, bodyOf, hasContent, plainNote } from './note.ts'
import { isRunning, refreshed } from './rows.ts'
import { linesOf } from './story.ts'

describe('what is sent', () => {
  it('is known by the note’s own reference, words trimmed', () => {
    const note = { ...blankNote('wang', 'app'), words: '  路灯坏了 \n' } // not a text: words of a citizen
    const body = bodyOf(note)
    expect(body.client_ref).toBe(note.id)
    expect(body.client_ref).toMatch(/^[A-Za-z0-9_-]{8,64}$/)
    expect([body.words, body.request_type, body.public, body.confidential]).toEqual(['路灯坏了', null, true, false]) // not a text: see above
  })

  it('is confidential and never public when it is a report, whatever was chosen', () => {
    const body = bodyOf({ ...blankNote('wang', 'app', 'report'), words: 'x', who: 'named', isPublic: true })
    expect([body.confidential, body.anonymous, body.public]).toEqual([true, false, false])
  })

  it('keeps a report anonymous where that was chosen', () => {
    expect(bodyOf({ ...blankNote('wang', 'app', 'report'), who: 'anonymous' }).anonymous).toBe(true)
  })

  it('is a petition only in the leaders’ mailbox', () => {
    expect(bodyOf({ ...blankNote('wang', 'app'), isPetition: true }).petition).toBe(false)
    expect(bodyOf({ ...blankNote('wang', 'mailbox'), isPetition: true }).petition).toBe(true)
  })
})

describe('a note', () => {
  it('is worth keeping for its words or its files', () => {
    const note = blankNote('wang', 'app')
    expect(hasContent({ ...note, words: '  ' })).toBe(false)
    expect(hasContent({ ...note, words: 'x' })).toBe(true)
    expect(hasContent({ ...note, files: [{ id: '1', file: new File(['x'], 'x.jpg') }] })).toBe(true)
  })

  it('can be stored although a screen watches it', () => {
    const note = blankNote('wang', 'app')
    const watched = new Proxy({ ...note, place: new Proxy(note.place, {}), files: new Proxy([{ id: '1', file: new File(['x'], 'x.jpg') }], {}) }, {})
    expect(() => structuredClone({ ...plainNote(watched), files: [] })).not.toThrow()
    expect(plainNote(watched).files[0]).toEqual({ id: '1', file: watched.files[0]?.file })
  })
})

describe('rows', () => {
  const row = { id: 'a', version: 2, state: 'received', clock: 'centre' } as InquirySummary

  it('follow what is newer on the live screens, and nothing older', () => {
    expect(refreshed([row], [{ ...row, version: 3, state: 'dispatched' }])[0]?.state).toBe('dispatched')
    expect(refreshed([row], [{ ...row, version: 1, state: 'registered' }])[0]?.state).toBe('received')
    expect(refreshed([], [row])).toEqual([])
  })

  it('are over when nobody’s clock runs', () => {
    expect([isRunning(row), isRunning({ clock: 'none' })]).toEqual([true, false])
  })
})

describe('the story', () => {
  it('tells the same thing done several times in a row once, unless something was said', () => {
    const item = (kind: string, note = '') => ({ kind, title: kind, at: '2026-11-23T10:00:00+08:00', who: '', note, facts: {} })
    const timeline = { items: [item('register'), item('add_file'), item('add_file'), item('urge', 'a'), item('urge', 'b')] } as InquiryTimeline
    expect(linesOf(timeline).map((line) => [line.kind, line.opinion])).toEqual([
      ['register', ''], ['add_file', ''], ['urge', 'a'], ['urge', 'b'],
    ])
  })
})
