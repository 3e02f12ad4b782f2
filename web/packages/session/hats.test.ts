import type { Profile } from '@suqian/api-client'
import { describe, expect, it } from 'vitest'

import { fittingHat, hatsOf } from './hats.ts'

function somebody(change: Partial<Profile>): Profile {
  return { capacities: ['citizen'], roles: [], legal_persons: [], ...change } as unknown as Profile
}

const company = [{ id: '1', credit_code: '2', name: '3', kind: 'agent' as const }]
const role = [{ role: 'approver' as const }] as unknown as Profile['roles']

describe('hats', () => {
  it('gives a visitor and a citizen the hat of a person', () => {
    expect(hatsOf(null)).toEqual(['person'])
    expect(hatsOf(somebody({}))).toEqual(['person'])
  })

  it('offers duty first, and companies to those who act for one', () => {
    expect(hatsOf(somebody({ roles: role, legal_persons: company }))).toEqual(['official', 'person', 'company'])
    expect(hatsOf(somebody({ capacities: ['official'], roles: role }))).toEqual(['official'])
  })

  it('remembers the hat worn last only while it fits', () => {
    expect(fittingHat(somebody({ legal_persons: company }), 'company')).toBe('company')
    expect(fittingHat(somebody({}), 'official')).toBe('person')
  })
})
