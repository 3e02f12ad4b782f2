import type { CaseFile } from '@suqian/api-client'
import { describe, expect, it } from 'vitest'

import { changesBetween } from './changes.ts'

const entry = (kind: string, at: string | null) => ({ kind, title: kind, at, who: '', opinion: '', usual_days: null })
const file = (id: string) => ({ id, filename: `${id}.jpg` }) as CaseFile['materials'][number]
const before = {
  state: 'submitted', state_label: 'waiting', due_on: '2026-12-01', version: 2,
  form: { name: 'a', subject: 'b' }, materials: [file('one')],
  timeline: [entry('accept', null), entry('submit', '2026-11-23T09:00:00+08:00')],
} as unknown as CaseFile

describe('what changed', () => {
  it('is nothing between equal files, even when the version moved', () => {
    expect(changesBetween(before, { ...before, version: 3 })).toEqual([])
  })

  it('tells acts, state, due day, files and answers', () => {
    const accepted = entry('accept', '2026-11-24T10:00:00+08:00')
    const now = {
      ...before, state: 'in_review', state_label: 'review', due_on: '2026-12-08', materials: [file('two')],
      form: { name: 'a', subject: 'c' }, timeline: [entry('decide', null), accepted, ...before.timeline.slice(1)],
    } as CaseFile
    expect(changesBetween(before, now)).toEqual([
      { kind: 'happened', entry: accepted },
      { kind: 'state', from: 'waiting', to: 'review' },
      { kind: 'due', from: '2026-12-01', to: '2026-12-08' },
      { kind: 'given', file: 'two.jpg' },
      { kind: 'taken', file: 'one.jpg' },
      { kind: 'answer', name: 'subject', from: 'b', to: 'c' },
    ])
  })
})
