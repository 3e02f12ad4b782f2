import type { Channels } from '@suqian/api-client'
import { describe, expect, it } from 'vitest'

import { spell, troubles, yuan } from './trouble.ts'

const text = (purpose: 'otp' | 'statutory' | 'bulk', number = 0, oldest = 0, failed = 0) => ({ purpose, number, oldest_seconds: oldest, failing: 0, failed_lately: failed })
const WELL: Channels = {
  texts: [text('otp'), text('statutory'), text('bulk')],
  carriers: [{ gateway: 'twilio', share: 100, circuit: 'closed', held_until: null, outcomes: {} }],
  changes: [],
  parked_receipts: 0,
  pushes: { number: 0, oldest_seconds: 0 },
  webhooks: { number: 0, oldest_seconds: 0, parked: 0, disabled: 0 },
  events: { oldest_seconds: 0, parked: {} },
  queues: [{ queue: 'otp', silent_seconds: 3 }],
}

describe('what is wrong', () => {
  it('is nothing when nothing waits long', () => {
    expect(troubles(WELL)).toEqual([])
    expect(troubles({ ...WELL, texts: [text('statutory', 20, 200)] })).toEqual([])
  })

  it('tells a late code, failed notices and parked events, the pressing first', () => {
    const found = troubles({ ...WELL, texts: [text('otp', 3, 60), text('statutory', 0, 0, 5)], events: { oldest_seconds: 0, parked: { 'ratings.on_case': 2, inbox: 1 } } })
    expect(found.map((one) => [one.name, one.number, one.isPressing])).toEqual([
      ['late_otp', 3, true],
      ['parked_events', 3, true],
      ['failed_statutory', 5, false],
    ])
  })

  it('tells one carrier away from all of them', () => {
    const away = { ...WELL.carriers[0]!, circuit: 'open' as const }
    expect(troubles({ ...WELL, carriers: [away] })[0]).toMatchObject({ name: 'all_carriers', isPressing: true })
    expect(troubles({ ...WELL, carriers: [away, { ...away, circuit: 'closed' }] })[0]).toMatchObject({ name: 'a_carrier', isPressing: false })
  })
})

describe('words for figures', () => {
  it('chooses the unit of a time and writes money in yuan', () => {
    expect([spell(5), spell(95), spell(7200)]).toEqual([
      { unit: 'seconds', number: 5 },
      { unit: 'minutes', number: 2 },
      { unit: 'hours', number: 2 },
    ])
    expect([yuan(45), yuan(90), yuan(1200)]).toEqual(['0.045', '0.09', '1.20'])
  })
})
