import { describe, expect, it } from 'vitest'

import { compared, recordOf } from './record.ts'

const record = recordOf({ bids: [{ receipt_no: 'R1', ciphertext_sha256: 'aa', commitment: 'bb', price_fen: 5, reason: '' }], confirm_minutes: 5 })

describe('my receipt and the record', () => {
  it('are the same, or differ, or mine is not there', () => {
    expect(compared(record, { receipt_no: 'R1', ciphertext_sha256: 'aa', commitment: 'bb' })).toBe('same')
    expect(compared(record, { receipt_no: 'R1', ciphertext_sha256: 'aa', commitment: 'cc' })).toBe('different')
    expect(compared(record, { receipt_no: 'R1', ciphertext_sha256: 'ab', commitment: 'bb' })).toBe('different')
    expect(compared(record, { receipt_no: 'R2', ciphertext_sha256: 'aa', commitment: 'bb' })).toBe('missing')
  })

  it('is read without trusting its shape', () => {
    expect(recordOf({ bids: 'x' }).bids).toEqual([])
    expect(record.bids[0]).toMatchObject({ price: 5, days: null, name: '' })
  })
})
