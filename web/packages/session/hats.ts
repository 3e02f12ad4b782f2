import type { Profile } from '@suqian/api-client'

/** In what quality somebody uses the product: as a person, for a company, or on duty. */
export type Hat = 'person' | 'company' | 'official'
export const HATS: readonly Hat[] = ['person', 'company', 'official']

/** The hats somebody may put on, in the order they are offered. A visitor has the person's. */
export function hatsOf(profile: Profile | null): Hat[] {
  if (!profile) return ['person']
  const hats: Hat[] = []
  if (profile.roles.length > 0) hats.push('official')
  if (profile.capacities.includes('citizen') || hats.length === 0) hats.push('person')
  if (profile.legal_persons.length > 0) hats.push('company')
  return hats
}

/** The hat to wear: the one worn last when it still fits, else the first. */
export function fittingHat(profile: Profile | null, last: string | null): Hat {
  const hats = hatsOf(profile)
  return hats.find((hat) => hat === last) ?? hats[0] ?? 'person'
}
