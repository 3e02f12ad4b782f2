import { answer } from '@suqian/api-client'
import { useApi } from '@suqian/session'

export type PushState = 'unsupported' | 'blocked' | 'off' | 'on'
type Api = ReturnType<typeof useApi>

/** Whether this device gets push messages. */
export async function pushState(): Promise<PushState> {
  if (!('serviceWorker' in navigator) || !('PushManager' in globalThis) || !('Notification' in globalThis)) {
    return 'unsupported'
  }
  if (Notification.permission === 'denied') return 'blocked'
  const registration = await navigator.serviceWorker.getRegistration(import.meta.env.BASE_URL)
  if (!registration) return 'unsupported'
  return (await registration.pushManager.getSubscription()) ? 'on' : 'off'
}

/** Ask for permission and register this device. Throws what the browser or the backend refuses. */
export async function switchPushOn(api: Api = useApi()): Promise<PushState> {
  if ((await Notification.requestPermission()) !== 'granted') return pushState()
  const { public_key: key } = await answer(api.GET('/api/v1/push/vapid-key'))
  const registration = await navigator.serviceWorker.ready
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
  const { endpoint, keys } = subscription.toJSON()
  const address = { endpoint: endpoint ?? '', keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' } }
  await answer(api.POST('/api/v1/me/devices', { body: { platform: 'webpush', subscription: address } }))
  return 'on'
}

/** Stop push messages on this device. */
export async function switchPushOff(api: Api = useApi()): Promise<PushState> {
  const registration = await navigator.serviceWorker.getRegistration(import.meta.env.BASE_URL)
  const subscription = await registration?.pushManager.getSubscription()
  if (!subscription) return 'off'
  const body = { platform: 'webpush' as const, subscription: { endpoint: subscription.endpoint } }
  await subscription.unsubscribe()
  await api.DELETE('/api/v1/me/devices', { body })
  return 'off'
}
