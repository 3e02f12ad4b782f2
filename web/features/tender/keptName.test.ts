import { expect, it, vi } from 'vitest'

import { keptName } from './keptName.ts'

const seen = vi.hoisted(() => ({ profile: null as { id: string } | null }))
vi.mock('@suqian/session', () => ({ useSession: () => seen }))
vi.mock('@suqian/offline', () => ({ privately: (person: string, name: string) => `${person}/${name}` }))

it('keeps what a person reads under the person, and what anybody reads for everybody', () => {
  seen.profile = null
  expect(keptName('p1')).toBe('tenders/p1')
  seen.profile = { id: 'zhao' }
  expect(keptName('p1')).toBe('zhao/tenders/p1')
  seen.profile = { id: 'qian' }
  expect(keptName('p1')).not.toBe('zhao/tenders/p1')
})
