import { describe, expect, it } from 'vitest'

import { fromReceipt, plainNumber } from './receipt.ts'

describe('number and code', () => {
  it('come from the picture on the receipt', () => {
    expect(fromReceipt('#32130020261123000007.ABCD2345')).toEqual({ number: '32130020261123000007', code: 'ABCD2345' })
    expect([fromReceipt(''), fromReceipt('#3213.ABCD2345')]).toEqual([null, null])
  })

  it('may be typed in any way', () => {
    expect(plainNumber(' 3213 0020-2611 \uff12\uff13000007')).toBe('32130020261123000007')
  })
})
