import { describe, expect, it } from 'vitest'

import { contentOf, draftOf, emptyDraft, fenOf, missing } from './draft.ts'
import { hintsOf } from './lawful.ts'

describe('a notice in its fields', () => {
  it('says what was written, in Suqian time, and leaves out what is empty', () => {
    const draft = { ...emptyDraft('tender_notice'), content: ' 道路 ', bids_until: '2026-12-20T09:30' }
    expect(contentOf('tender_notice', draft)).toEqual({ content: '道路', bids_until: '2026-12-20T09:30:00+08:00' })
    expect(draftOf('tender_notice', { bids_until: '2026-12-20T01:30:00+00:00' }).bids_until).toBe('2026-12-20T09:30')
    expect(missing('tender_notice', draft)).toContain('documents_until')
    expect(missing('tender_notice', draft)).not.toContain('bids_until')
  })

  it('ranks candidates in the order of choice and takes amounts in yuan', () => {
    expect(contentOf('candidate_notice', { candidates: ['b', 'a'] })).toEqual({ candidates: [{ rank: 1, bid_id: 'b' }, { rank: 2, bid_id: 'a' }] })
    expect(contentOf('award_notice', { winner: 'b', first_dropped_out: false })).toEqual({ winner: 'b' })
    expect([fenOf('1,250,000.5'), fenOf('0.07'), fenOf('x'), fenOf('1.234')]).toEqual([125_000_050, 7, undefined, undefined])
  })
})

describe('the law and a date', () => {
  const rule = { rule: 'r', earliest: '2026-12-13', basis: 'b' }

  it('compares days, not minutes', () => {
    const verdict = (written: string) => hintsOf([{ name: 'bids_until', ...rule }], { bids_until: written }, '').bids_until?.verdict
    expect([verdict(''), verdict('2026-12-12T23:59'), verdict('2026-12-13T00:00')]).toEqual(['open', 'early', 'kept'])
  })

  it('lets a change leave the deadline where enough days are left', () => {
    const verdict = (deadline: string) => hintsOf([{ name: 'new_deadline', ...rule }], { new_deadline: '' }, deadline).new_deadline?.verdict
    expect([verdict('2026-12-20T09:30:00+08:00'), verdict('2026-12-01T09:30:00+08:00')]).toEqual(['kept', 'early'])
  })
})
