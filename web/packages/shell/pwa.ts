import { useLive } from '@suqian/live'
import { ref, watch } from 'vue'
import type { Router } from 'vue-router'

import { setBadge } from './badge.ts'

/** Whether a newer version waits for the person's consent. */
export const isUpdateReady = ref(false)
const CHECK_MS = 30 * 60 * 1000
let waiting: ServiceWorker | null = null
let isTaking = false

/** Install the app's service worker once the first screen stands, and listen to it. Only built apps have one. */
export function startWorker(router: Router): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const workers = navigator.serviceWorker
  workers.addEventListener('message', ({ data }: MessageEvent<{ kind: string; path: string }>) => {
    if (data.kind === 'open') void router.push(data.path.slice(import.meta.env.BASE_URL.length - 1))
  })
  workers.addEventListener('controllerchange', () => isTaking && location.reload())
  const register = () => void install(workers).catch(() => undefined)
  if (document.readyState === 'complete') register()
  else addEventListener('load', register, { once: true })
}

async function install(workers: ServiceWorkerContainer): Promise<void> {
  const base = import.meta.env.BASE_URL
  const registration = await workers.register(`${base}sw.js`, { scope: base, updateViaCache: 'none' })
  offer(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing
    coming?.addEventListener('statechange', () => coming.state === 'installed' && offer(coming))
  })
  setInterval(() => void registration.update().catch(() => undefined), CHECK_MS)
}

/** The very first worker takes its place by itself; a later one asks. */
function offer(worker: ServiceWorker | null): void {
  if (!worker || !navigator.serviceWorker.controller) return
  waiting = worker
  isUpdateReady.value = true
}

/** Change to the newer version now: the page loads anew. */
export function takeUpdate(): void {
  isTaking = true
  isUpdateReady.value = false
  waiting?.postMessage({ kind: 'take-over' })
}

/** Stay with this version until the app is opened the next time. */
export function putUpdateOff(): void {
  isUpdateReady.value = false
}

/** Keep notifications and the icon's badge true to what was read, here or elsewhere. */
export function followReading(): void {
  const live = useLive()
  watch(
    () => [live.isReady, live.unread, live.inbox] as const,
    ([isReady, unread, inbox]) => {
      if (!isReady) return
      const ids = unread === 0 ? null : inbox.filter((message) => message.read_at).map((message) => message.id)
      navigator.serviceWorker?.controller?.postMessage({ kind: 'read', ids })
      void setBadge(unread)
    },
  )
}
