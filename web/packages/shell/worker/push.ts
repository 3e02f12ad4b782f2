/// <reference lib="webworker" />
import { setBadge } from '../badge.ts'
import { BASE } from './files.ts'

declare const self: ServiceWorkerGlobalScope

/** What the backend pushes: something to show, or what was read elsewhere. Numbers come as texts. */
interface Pushed {
  kind: 'show' | 'clear'
  id?: string
  title?: string
  body?: string
  link?: string
  ids?: string
  badge?: string
}

/** Show a pushed message, or take down those that were read elsewhere. */
export async function receive(event: PushEvent): Promise<void> {
  const pushed = (event.data?.json() ?? { kind: 'show' }) as Pushed
  if (pushed.badge !== undefined) await setBadge(Number(pushed.badge))
  if (pushed.kind === 'clear') return close(pushed.ids ? pushed.ids.split(',') : null)
  await self.registration.showNotification(pushed.title ?? fallbackTitle(), {
    body: pushed.body ?? '',
    tag: pushed.id ?? 'message',
    icon: `${BASE}icon-192.png`,
    badge: `${BASE}badge.png`,
    data: { link: pushed.link ?? '/inbox' },
  })
}

/** Take down messages by their ids; null means all. */
export async function close(ids: readonly string[] | null): Promise<void> {
  const shown = await self.registration.getNotifications()
  shown.filter((notification) => ids === null || ids.includes(notification.tag)).forEach((found) => found.close())
}

/** Open the page a message is about: in a window that is open already, else in a new one. */
export async function open(event: NotificationEvent): Promise<void> {
  event.notification.close()
  const { link } = event.notification.data as { link: string }
  const path = inside(link)
  const windows = await self.clients.matchAll({ type: 'window' })
  const window = windows.find((client) => new URL(client.url).pathname.startsWith(BASE))
  if (!window) return void (await self.clients.openWindow(path))
  window.postMessage({ kind: 'open', path })
  await window.focus()
}

/** A deep link as an address of this app; never one of another site. */
function inside(link: string): string {
  const plain = link.startsWith('/') && !link.startsWith('//') ? link : '/inbox'
  return plain.startsWith(BASE) ? plain : BASE + plain.slice(1)
}

function fallbackTitle(): string {
  return navigator.language.startsWith('en') ? 'You have a new message' : '您有一条新消息' // not a text: pages' texts are out of reach here
}
