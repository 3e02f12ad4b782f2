import { describe, expect, it } from 'vitest'

import { FORMS, askedFields, blankAct, formsFor, missingIn } from './acts.ts'

describe('acts of the desk', () => {
  it('asks the three questions only when somebody was reached', () => {
    const draft = blankAct('call_back')
    expect(missingIn(draft)).toEqual(['reached'])
    draft.reached = false
    expect(askedFields(draft)).toEqual(['reached', 'note'])
    expect(missingIn(draft)).toEqual([])
    draft.reached = true
    expect(askedFields(draft)).toEqual(['reached', 'contacted', 'solved', 'satisfied', 'note'])
    expect(missingIn(draft)).toEqual(['solved', 'satisfied'])
  })

  it('does not take blanks for words', () => {
    const draft = { ...blankAct('merge'), target_no: ' ', note: 'x' }
    expect(missingIn(draft)).toEqual(['target_no'])
    expect(missingIn({ ...blankAct('add_assist'), assist_ids: ['u'], note: 'x' })).toEqual([])
  })

  it('offers what the order waits for first, and nothing that others do', () => {
    expect(formsFor(['cancel', 'sign', 'urge', 'dispatch'])).toEqual(['dispatch', 'urge', 'cancel'])
  })

  it('has one key for each act that can stand beside another', () => {
    const together = [['dispatch', 'answer_directly', 'classify', 'register', 'urge', 'merge', 'transfer', 'cancel'], ['pass_review', 'send_back', 'classify', 'cancel']] as const
    for (const acts of together) {
      const keys = acts.map((act) => FORMS[act]?.key)
      expect(new Set(keys).size).toBe(keys.length)
    }
  })
})
