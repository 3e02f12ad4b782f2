import type { InquiryLimit } from '@suqian/api-client'
import { describe, expect, it } from 'vitest'

import { linesOf } from './limits.ts'

const limit = (change: Partial<InquiryLimit>): InquiryLimit => ({
  kind: 'answer', channel: 'mailbox', request_type: '', urgent: false, petition: false, amount: 10, unit: 'wd', ...change,
})

describe('limits of the mailbox', () => {
  it('are its own, petitions apart, in the order people meet them', () => {
    const limits = [
      limit({ petition: true, amount: 60, unit: 'cd' }),
      limit({ channel: '', amount: 5 }),
      limit({ urgent: true, amount: 24, unit: 'h' }),
      limit({ kind: 'accept', petition: true, amount: 15, unit: 'cd' }),
      limit({}),
    ]
    expect(linesOf(limits).map((line) => [line.name, line.amount])).toEqual([['answer', 10], ['petitionAccept', 15], ['petitionAnswer', 60]])
  })
})
