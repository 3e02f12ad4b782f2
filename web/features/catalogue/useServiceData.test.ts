import type { Power } from '@suqian/api-client'
import { describe, expect, it } from 'vitest'

import { serviceData } from './useServiceData.ts'

const item = {
  code: 'JS321300JY-XK-0010',
  name: 'a name',
  name_en: '',
  type: { name: 'permit' },
  organisation: { name: 'an office' },
  is_online: false,
  is_fee: false,
  where: { consult_phone: '0527-1', place: '' },
} as unknown as Power

describe('an item as schema.org data', () => {
  it('names what is known and leaves out what is not', () => {
    const data = serviceData(item, 'https://example/hall/items/x')
    expect(data).toMatchObject({ '@type': 'GovernmentService', identifier: item.code, isAccessibleForFree: true })
    expect(data).not.toHaveProperty('alternateName')
    expect(data.availableChannel).toEqual({
      '@type': 'ServiceChannel',
      servicePhone: { '@type': 'ContactPoint', telephone: '0527-1' },
    })
  })

  it('leads to the address where it can be applied for online', () => {
    const data = serviceData({ ...item, is_online: true }, 'https://example/hall/items/x')
    expect(data.availableChannel).toHaveProperty('serviceUrl', 'https://example/hall/items/x')
  })
})
