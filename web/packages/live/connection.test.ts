import type { Event } from '@suqian/api-client'
import { describe, expect, it, vi } from 'vitest'

import { follow, type ConnectionStatus, type World } from './connection.ts'

class FakeSocket {
  onopen?: () => void
  onmessage?: (message: { data: string }) => void
  onclose?: (ending: { code: number }) => void
  sent: string[] = []
  readonly url: string
  readonly protocols: string[]
  constructor(url: string, protocols: string[]) {
    this.url = url
    this.protocols = protocols
  }
  send(text: string): void {
    this.sent.push(text)
  }
  close(code = 1000): void {
    this.onclose?.({ code })
  }
}

function event(seq: number): Event {
  return { seq, id: String(seq), type: 't', subject: { kind: 'case', id: '1' }, data: {}, at: '' }
}

function world(change: Partial<World> = {}) {
  const sockets: FakeSocket[] = []
  const heard: number[] = []
  const statuses: ConnectionStatus[] = []
  const made: World = {
    snapshot: vi.fn(async () => ({ cursor: 10, url: 'ws://x' })),
    ticket: vi.fn(async () => `t${sockets.length}`),
    poll: vi.fn(async () => ({ events: [], cursor: 10 })),
    socket(url, protocols) {
      const socket = new FakeSocket(url, protocols)
      sockets.push(socket)
      return socket as unknown as WebSocket
    },
    onEvent: ({ seq }) => heard.push(seq),
    onStatus: (status) => statuses.push(status),
    pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
    ...change,
  }
  return { made, sockets, heard, statuses }
}

const socketNumber = (sockets: FakeSocket[], number: number) =>
  vi.waitFor(() => {
    const socket = sockets[number]
    if (!socket?.onclose) throw new Error('not yet')
    return socket
  })

describe('following the live log', () => {
  it('opens with ticket and cursor, acknowledges, and resumes where it was', async () => {
    const { made, sockets, heard, statuses } = world()
    const ending = new AbortController()
    const done = follow(made, ending.signal)
    const first = await socketNumber(sockets, 0)
    expect([first.url, first.protocols]).toEqual(['ws://x?since=10', ['v1.events', 'ticket.t0']])
    first.onopen?.()
    first.onmessage?.({ data: JSON.stringify({ type: 'ping' }) })
    first.onmessage?.({ data: JSON.stringify(event(11)) })
    first.onmessage?.({ data: JSON.stringify(event(11)) })
    expect([heard, first.sent]).toEqual([[11], ['{"ack":11}']])
    first.close(1012)
    const second = await socketNumber(sockets, 1)
    expect(second.url).toBe('ws://x?since=11')
    expect(made.snapshot).toHaveBeenCalledOnce()
    ending.abort()
    await done
    expect(statuses).toContain('live')
    expect(statuses.at(-1)).toBe('off')
  })

  it('takes a new snapshot when its cursor is too old', async () => {
    const { made, sockets } = world()
    const ending = new AbortController()
    const done = follow(made, ending.signal)
    ;(await socketNumber(sockets, 0)).close(4409)
    await socketNumber(sockets, 1)
    expect(made.snapshot).toHaveBeenCalledTimes(2)
    ending.abort()
    await done
  })

  it('polls where sockets do not get through', async () => {
    const { made, sockets, heard, statuses } = world()
    made.poll = vi.fn(async (since) => {
      if (since < 12) return { events: [event(since + 1)], cursor: since + 1 }
      ending.abort()
      return { events: [], cursor: since }
    })
    const ending = new AbortController()
    const done = follow(made, ending.signal)
    for (const number of [0, 1, 2]) (await socketNumber(sockets, number)).close(1006)
    await done
    expect(heard).toEqual([11, 12])
    expect(statuses).toContain('polling')
  })

  it('says offline when nobody answers at all', async () => {
    const ending = new AbortController()
    const { made, statuses } = world({ snapshot: () => Promise.reject(new Error('no network')) })
    made.onStatus = (status) => {
      statuses.push(status)
      if (status === 'offline') ending.abort()
    }
    await follow(made, ending.signal)
    expect(statuses).toEqual(['connecting', 'offline', 'off'])
  })
})
