import type { Power } from '@suqian/api-client'
import { onBeforeUnmount, watch, type Ref } from 'vue'

const CONTEXT = 'https://schema.org'
const AREA = { '@type': 'City', name: 'Suqian', containedInPlace: { '@type': 'State', name: 'Jiangsu' } }

/** An item as schema.org GovernmentService, for search engines and other machines. */
export function serviceData(power: Power, address: string): Record<string, unknown> {
  const office = { '@type': 'GovernmentOrganization', name: power.organisation.name }
  const phone = power.where.consult_phone
  const places = {
    '@type': 'ServiceChannel',
    ...(power.is_online ? { serviceUrl: address } : {}),
    ...(phone ? { servicePhone: { '@type': 'ContactPoint', telephone: phone } } : {}),
    ...(power.where.place ? { serviceLocation: { '@type': 'Place', name: power.where.place } } : {}),
  }
  return {
    '@context': CONTEXT,
    '@type': 'GovernmentService',
    '@id': address,
    url: address,
    identifier: power.code,
    name: power.name,
    ...(power.name_en ? { alternateName: power.name_en } : {}),
    serviceType: power.type.name,
    provider: office,
    areaServed: AREA,
    isAccessibleForFree: !power.is_fee,
    availableChannel: places,
  }
}

/** Keep the data of the item on the screen, and its lasting address, in the page's head. */
export function useServiceData(power: Readonly<Ref<Power | null>>): void {
  let placed: HTMLElement[] = []
  watch(power, (shown) => {
    clear()
    if (shown) place(shown)
  })
  onBeforeUnmount(clear)

  function place(shown: Power): void {
    const address = `${location.origin}/hall/items/${encodeURIComponent(shown.code)}`
    const data = document.createElement('script')
    data.type = 'application/ld+json'
    data.textContent = JSON.stringify(serviceData(shown, address))
    const link = document.createElement('link')
    link.rel = 'canonical'
    link.href = address
    placed = [data, link]
    document.head.append(...placed)
  }

  /** Away with what was placed here, and with what the server wrote for readers without scripts. */
  function clear(): void {
    document.head.querySelectorAll('[data-served]').forEach((element) => element.remove())
    placed.forEach((element) => element.remove())
    placed = []
  }
}
