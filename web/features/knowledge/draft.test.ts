import { expect, it } from 'vitest'

import { draftOf, missingIn, wordingOf } from './draft.ts'

const full = { ...draftOf(null, 'o'), title: '花架', question: '可以摆吗', answer: '可以' }

it('wants an owner, a title, a question and an answer', () => {
  expect(missingIn(draftOf(null, ''))).toEqual(['owner', 'title', 'question', 'answer'])
  expect(missingIn(full)).toEqual([])
})

it('ends after it begins, and is looked through within five years', () => {
  expect(missingIn({ ...full, to: full.from })).toEqual(['to'])
  expect(missingIn({ ...full, months: '61' })).toEqual(['months'])
})

it('takes keywords apart as people write them', () => {
  expect(wordingOf({ ...full, keywords: '门前、花架，占道  审批' }, '').keywords).toEqual(['门前', '花架', '占道', '审批'])
})
