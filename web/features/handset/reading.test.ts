import { describe, expect, it } from 'vitest'

import type { ShownText } from './carrier.ts'
import { canonical, codeIn, deliveryOf, phonesAtFirst, quickReplies, readable } from './reading.ts'

const text = (words: string, inbound = false) => ({ text: words, inbound }) as ShownText

describe('texts on a phone', () => {
  it('finds the code in a text that brings one, and nowhere else', () => {
    expect(codeIn('您的验证码是048213，5分钟内有效。')).toBe('048213') // not a text: an example
    expect(codeIn('办件 32132220261123000001 已受理')).toBeNull() // not a text: an example
    expect(codeIn('您的验证码是12345678901')).toBeNull() // not a text: an example
  })

  it('offers marks only while the last text asks for them', () => {
    const asks = text('请回复 1-5 评价') // not a text: an example
    expect(quickReplies([asks, text('5', true)])).toEqual(['5', '4', '3', '2', '1'])
    expect(quickReplies([asks, text('thanks')])).toEqual([])
    expect(quickReplies([])).toEqual([])
  })

  it('knows numbers however they are typed', () => {
    const ways = ['13805271234', '+86 138 0527 1234', '0086-13805271234', '１３８０５２７１２３４']
    expect(ways.map(canonical)).toEqual(Array(4).fill('+8613805271234'))
    expect(['', '0527-84366666', '1380527123'].map(canonical)).toEqual(['', '', ''])
    expect(readable('+8613805271234')).toBe('138 0527 1234')
  })

  it('puts the phones on the table that were asked for, else those left there, else the latest', () => {
    const known = ['+8613800000001', '+8613800000002', '+8613800000003']
    expect(phonesAtFirst('?number=13800000009', JSON.stringify(known), known, 4)).toEqual(['+8613800000009'])
    expect(phonesAtFirst('?numbers=13800000008,13800000009', null, known, 1)).toEqual(['+8613800000008'])
    expect(phonesAtFirst('', JSON.stringify([known[2]]), known, 4)).toEqual([known[2]])
    expect(phonesAtFirst('', null, known, 4)).toEqual(known.slice(0, 2))
  })

  it('tells delivery in four words', () => {
    expect(['queued', 'accepted', 'sent', 'delivered', 'undelivered', 'new-one', null].map(deliveryOf)).toEqual([
      'waiting', 'underway', 'underway', 'delivered', 'failed', 'underway', null,
    ])
  })
})
