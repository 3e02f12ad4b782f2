import { describe, expect, it } from 'vitest'

import { blankDraft, bodyOf } from './draft.ts'

describe('what an operator writes down', () => {
  it('says when it happened by the clock of Shanghai', () => {
    expect(bodyOf({ ...blankDraft(), occurred: '2026-03-02T22:15' }, null).occurred_at).toBe('2026-03-02T22:15:00+08:00')
    expect(bodyOf(blankDraft(), null).occurred_at).toBeNull()
  })

  it('keeps a report confidential whatever was ticked', () => {
    expect(bodyOf({ ...blankDraft(), kind: 'report' }, null).confidential).toBe(true)
    expect(bodyOf({ ...blankDraft(), kind: 'help' }, null).confidential).toBe(false)
  })
})
