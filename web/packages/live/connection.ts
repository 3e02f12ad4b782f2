import type { Event } from '@suqian/api-client'

export type ConnectionStatus = 'off' | 'connecting' | 'live' | 'polling' | 'offline'

/** Close codes of the server (api.md). */
const SESSION_GONE = 4401
const CURSOR_TOO_OLD = 4409
const POLL_AFTER = 3
const POLLS_BEFORE_SOCKET = 8
const MAX_PAUSE_MS = 30_000
const FIRST_PAUSE_MS = 500

/** What a connection needs of the world; tests give their own. */
export interface World {
  /** The state as of now; resolves to its cursor and the address of the socket. */
  snapshot(): Promise<{ cursor: number; url: string }>
  /** A ticket for one socket. */
  ticket(): Promise<string>
  /** Events after a cursor, waiting for one. `null`: the cursor is too old. */
  poll(since: number, signal: AbortSignal): Promise<{ events: Event[]; cursor: number } | null>
  socket(url: string, protocols: string[]): WebSocket
  onEvent(event: Event): void
  onStatus(status: ConnectionStatus): void
  pause(milliseconds: number, signal: AbortSignal): Promise<void>
}

/** What ended a socket: try again, or take everything anew. */
type Ending = 'again' | 'anew'

/**
 * Follow the live log until `signal` ends it: a snapshot, then a socket from its cursor on. A socket that fails three
 * times without having opened gives way to the long poll, from which the socket is tried again now and then.
 */
export async function follow(world: World, signal: AbortSignal): Promise<void> {
  const course: Course = { place: null, failures: 0, polls: 0 }
  while (!signal.aborted) {
    await step(world, course, signal)
    await world.pause(pauseAfter(course.failures), signal)
  }
  world.onStatus('off')
}

interface Course {
  place: { cursor: number; url: string } | null
  failures: number
  polls: number
}

async function step(world: World, course: Course, signal: AbortSignal): Promise<void> {
  const isPolling = course.failures >= POLL_AFTER
  if (course.failures === 0) world.onStatus('connecting')
  try {
    course.place ??= await world.snapshot()
    const ending = await (isPolling ? pollOnce : openSocket)(world, course.place, signal)
    if (ending === 'anew') course.place = null
    succeed(course, isPolling)
  } catch {
    course.failures += 1
    if (course.failures > POLL_AFTER) world.onStatus('offline')
  }
}

function succeed(course: Course, wasPolling: boolean): void {
  course.polls = wasPolling ? course.polls + 1 : 0
  const isTimeForSocket = course.polls % POLLS_BEFORE_SOCKET === 0
  if (wasPolling) course.failures = isTimeForSocket ? POLL_AFTER - 1 : POLL_AFTER
  else course.failures = 0
}

/** How long to wait before the next attempt: doubling, with a random part so that not all come back at once. */
export function pauseAfter(failures: number): number {
  if (failures === POLL_AFTER) return 0
  const most = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures)
  return most / 2 + Math.random() * (most / 2)
}

async function pollOnce(world: World, place: { cursor: number }, signal: AbortSignal): Promise<Ending> {
  world.onStatus('polling')
  const found = await world.poll(place.cursor, signal)
  if (found === null) return 'anew'
  found.events.forEach((event) => world.onEvent(event))
  place.cursor = found.cursor
  return 'again'
}

async function openSocket(
  world: World,
  place: { cursor: number; url: string },
  signal: AbortSignal,
): Promise<Ending> {
  const ticket = await world.ticket()
  const socket = world.socket(`${place.url}?since=${place.cursor}`, ['v1.events', `ticket.${ticket}`])
  return new Promise((resolve, reject) => {
    let opened = false
    const stop = () => socket.close(1000)
    signal.addEventListener('abort', stop, { once: true })
    socket.onopen = () => {
      opened = true
      world.onStatus('live')
    }
    socket.onmessage = ({ data }: MessageEvent<string>) => take(world, place, socket, JSON.parse(data) as Event)
    socket.onclose = ({ code }) => {
      signal.removeEventListener('abort', stop)
      if (code === CURSOR_TOO_OLD) resolve('anew')
      else if (opened || code === SESSION_GONE) resolve('again')
      else reject(new Error(`socket refused (${code})`))
    }
  })
}

function take(world: World, place: { cursor: number }, socket: WebSocket, event: Event): void {
  if (typeof event.seq !== 'number' || event.seq <= place.cursor) return
  world.onEvent(event)
  place.cursor = event.seq
  socket.send(JSON.stringify({ ack: event.seq }))
}
