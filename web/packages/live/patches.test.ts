import { describe, expect, it } from 'vitest'

import { applied, rowsOf } from './patches.ts'

const state = { cases: [{ id: 'a', state: 'draft' }, { id: 'b', state: 'draft' }], badge: { unread: 1 } }

describe('a patch', () => {
  it('replaces a row where it stands and puts a new one first', () => {
    const next = applied(state, { upsert: { cases: [{ id: 'b' }, { id: 'c' }] } })
    expect(rowsOf(next, 'cases')).toEqual([{ id: 'c' }, { id: 'a', state: 'draft' }, { id: 'b' }])
  })

  it('takes rows away, sets values, and leaves the rest the same objects', () => {
    const next = applied(state, { remove: { cases: ['a'], tasks: ['x'] }, set: { badge: { unread: 0 } } })
    expect(next).toEqual({ cases: [{ id: 'b', state: 'draft' }], tasks: [], badge: { unread: 0 } })
    expect(applied(state, { set: { badge: { unread: 2 } } }).cases).toBe(state.cases)
  })

  it('changes nothing more when it comes twice', () => {
    const patch = { upsert: { cases: [{ id: 'c' }] }, remove: { cases: ['a'] }, set: { badge: { unread: 5 } } }
    const once = applied(state, patch)
    expect(applied(once, patch)).toEqual(once)
  })
})
