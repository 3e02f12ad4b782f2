import type { Wording } from '@suqian/api-client'
import { describe, expect, it } from 'vitest'

import { blankDecision, choicesFor, inOrder, lookOfAct, missingIn, tidied } from './acts.ts'

describe('acts', () => {
  it('puts the usual way on first and the grave ones last', () => {
    expect(inOrder(['deny', 'suspend', 'grant'])).toEqual(['grant', 'suspend', 'deny'])
  })

  it('knows which acts sign, as the contract has it', () => {
    const signing = (['grant', 'deny', 'refuse_acceptance', 'extend', 'accept', 'pass'] as const).filter(
      (action) => lookOfAct(action).signing,
    )
    expect(signing).toEqual(['grant', 'deny', 'refuse_acceptance', 'extend'])
  })

  it('names what is missing, blanks not counting as given', () => {
    const deny = { ...blankDecision('deny'), opinion: '  ' }
    expect(missingIn(deny)).toEqual(['opinion', 'legal_basis'])
    expect(missingIn({ ...deny, opinion: 'x', legal_basis: 'y' })).toEqual([])
    expect(missingIn({ ...blankDecision('request_supplement'), items: [' '] })).toEqual(['items'])
    expect(missingIn({ ...blankDecision('suspend'), opinion: 'x' })).toEqual(['procedure', 'planned_days'])
    expect(missingIn(blankDecision('deliver'))).toEqual([])
  })

  it('sends no blank lines', () => {
    const decision = { ...blankDecision('request_supplement'), items: [' one ', '', ' '], opinion: ' two ' }
    expect(tidied(decision)).toMatchObject({ items: ['one'], opinion: 'two' })
  })
})

describe('wordings', () => {
  const wording = (id: number, action: Wording['action'], field: Wording['field'], text: string, type_code = '') => {
    return { id, action, field, text, type_code }
  }
  const wordings = [
    wording(1, 'deny', 'legal_basis', 'law 38', 'licence'),
    wording(2, 'deny', 'opinion', 'reason'),
    wording(3, 'grant', 'opinion', 'granted'),
  ]
  const item = { type_code: 'licence', legal_bases: [{ law: 'L', article: '13', summary: '' }] }

  it('offers the grounds of the item before the general ones', () => {
    expect(choicesFor(wordings, 'deny', 'legal_basis', item)).toEqual(['《L》13', 'law 38'])
  })

  it('leaves out what is for another type, and what is for another act', () => {
    expect(choicesFor(wordings, 'deny', 'legal_basis', { ...item, type_code: 'grant' })).toEqual(['《L》13'])
    expect(choicesFor(wordings, 'deny', 'opinion', null)).toEqual(['reason'])
    expect(choicesFor([wording(4, 'refuse_acceptance', 'legal_basis', 'law 32')], 'refuse_acceptance', 'legal_basis', item)).toEqual(['law 32', '《L》13'])
    expect(choicesFor(wordings, 'deny', 'legal_basis', null)).toEqual([])
  })
})
