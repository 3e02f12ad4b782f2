import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** The server's time and the reading of this page's own stopwatch at that moment; the phone's clock may be wrong. */
let told: { server: number; watch: number } | null = null

/** Take over the time of the server from an answer. */
export function setServerTime(now: string): void {
  const server = Date.parse(now)
  if (Number.isFinite(server)) told = { server, watch: performance.now() }
}

/** The server's time now, in milliseconds; the phone's own before the server said anything. */
export function serverNow(): number {
  return told ? told.server + (performance.now() - told.watch) : Date.now()
}

/** The server's time as a value that goes on by itself. */
export function useServerNow(everyMs = 1000): Readonly<Ref<number>> {
  const now = ref(serverNow())
  const timer = setInterval(() => (now.value = serverNow()), everyMs)
  onScopeDispose(() => clearInterval(timer))
  return readonly(now)
}

export interface Remaining {
  days: number
  hours: number
  minutes: number
  seconds: number
}

/** What is left until a moment, null when it has passed. A second that has begun still counts. */
export function remaining(until: string, now: number): Remaining | null {
  const left = Date.parse(until) - now
  if (!(left > 0)) return null
  const seconds = Math.ceil(left / 1000)
  return {
    days: Math.floor(seconds / 86_400),
    hours: Math.floor(seconds / 3600) % 24,
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
  }
}
