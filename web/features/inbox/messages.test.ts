import type { Message } from '@suqian/api-client'
import { describe, expect, it } from 'vitest'

import { joined } from './messages.ts'

const message = (id: string, at: string, read_at: string | null = null) => ({ id, at, read_at }) as Message

describe('the list of messages', () => {
  it('shows each message once, newest first, as the live state has it', () => {
    const loaded = [message('a', '2026-12-01'), message('b', '2026-12-02')]
    const live = [message('c', '2026-12-03'), message('b', '2026-12-02', '2026-12-03')]
    expect(joined(loaded, live).map(({ id, read_at }) => [id, read_at])).toEqual([
      ['c', null], ['b', '2026-12-03'], ['a', null],
    ])
  })

  it('keeps messages of one moment in a fixed order', () => {
    const same = [message('a', '2026-12-01'), message('b', '2026-12-01')]
    expect(joined(same, [])).toEqual(joined([...same].reverse(), []))
  })
})
