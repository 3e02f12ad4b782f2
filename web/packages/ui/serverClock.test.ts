import { describe, expect, it, vi } from 'vitest'

import { remaining, serverNow, setServerTime } from './serverClock.ts'

describe('counting down', () => {
  it('goes by the server, whatever the phone says', () => {
    vi.useFakeTimers()
    setServerTime('2026-12-18T09:59:00+08:00')
    vi.setSystemTime('2031-01-01T00:00:00Z')
    vi.advanceTimersByTime(30_000)
    expect(new Date(serverNow()).toISOString()).toBe('2026-12-18T01:59:30.000Z')
    vi.useRealTimers()
  })

  it('counts the begun second, and ends at the moment itself', () => {
    const until = '2026-12-18T10:00:00+08:00'
    const at = Date.parse(until)
    expect(remaining(until, at - 90_061_000)).toEqual({ days: 1, hours: 1, minutes: 1, seconds: 1 })
    expect(remaining(until, at - 1)).toEqual({ days: 0, hours: 0, minutes: 0, seconds: 1 })
    expect(remaining(until, at)).toBeNull()
  })
})
