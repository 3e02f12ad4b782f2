import { expect, it } from 'vitest'

import { blankAct, formsFor, missingIn, requestOf } from './acts.ts'

it('offers what a unit does, what the order waits for first', () => {
  expect(formsFor(['contact', 'dispatch', 'request_return', 'sign'])).toEqual(['sign', 'contact', 'request_return'])
})

it('wants a whole number of days', () => {
  const draft = { ...blankAct('request_extension'), clause: '第三条', note: '需要会签' }
  expect(missingIn(draft)).toEqual(['days'])
  expect(missingIn({ ...draft, days: '0' })).toEqual(['days'])
  expect(missingIn({ ...draft, days: ' 5 ' })).toEqual([])
})

it('sends only what the form of an act asks', () => {
  const draft = { ...blankAct('submit_reply'), text: '已更换', law_basis: '第二十一条', resolution: 'solved' as const, clause: '旧的', files: [{ id: 'a', filename: 'a.jpg', size: 1 }] }
  expect(requestOf(draft)).toMatchObject({ action: 'submit_reply', text: '已更换', law_basis: '第二十一条', resolution: 'solved', clause: '', file_ids: ['a'] })
})
