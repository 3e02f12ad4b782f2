/// <reference lib="webworker" />
import { answerFor, forgetOthers, precache } from './files.ts'
import { close, open, receive } from './push.ts'

declare const self: ServiceWorkerGlobalScope

/** What pages say to the worker. */
type Said = { kind: 'take-over' } | { kind: 'read'; ids: string[] | null }

self.addEventListener('install', (event) => event.waitUntil(precache()))
self.addEventListener('activate', (event) => event.waitUntil(forgetOthers().then(() => self.clients.claim())))
self.addEventListener('push', (event) => event.waitUntil(receive(event)))
self.addEventListener('notificationclick', (event) => event.waitUntil(open(event)))

self.addEventListener('fetch', (event) => {
  const answer = answerFor(event.request)
  if (answer) event.respondWith(answer)
})

self.addEventListener('message', (event) => {
  const said = event.data as Said
  if (said.kind === 'take-over') event.waitUntil(self.skipWaiting())
  if (said.kind === 'read') event.waitUntil(close(said.ids))
})
