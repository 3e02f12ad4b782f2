import { createMemoryHistory, createRouter } from 'vue-router'
import { describe, expect, it } from 'vitest'

import { feature } from './index.ts'

describe('links in messages', () => {
  it('lead to the page they mean', () => {
    const router = createRouter({ history: createMemoryHistory(), routes: feature.routes })
    const name = (path: string) => router.resolve(path).name
    expect(name('/tenders/projects/01a2?alert=7')).toBe('tender')
    expect(name('/tenders/01a2')).toBe('tender')
    expect(name('/tenders/alerts')).toBe('tender-alerts')
    expect(name('/tender-subscriptions/new')).toBe('tender-subscription')
  })
})
