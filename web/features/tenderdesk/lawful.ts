import type { LawfulDateShape } from '@suqian/api-client'

import type { Draft } from './draft.ts'

export interface LawfulHint {
  rule: string
  earliest: string
  basis: string
  /** `early`: what is written lies before the earliest day; `kept`: it does not; `open`: nothing is written. */
  verdict: 'early' | 'kept' | 'open'
}

/**
 * What the law says of the date in each field as it is written now.
 *
 * A change that affects bids may leave the deadline where it is, when enough days are left until `deadline`.
 */
export function hintsOf(dates: readonly LawfulDateShape[], draft: Draft, deadline: string): Record<string, LawfulHint> {
  return Object.fromEntries(
    dates.map(({ name, rule, earliest, basis }) => {
      const written = String(draft[name] ?? '') || (name === 'new_deadline' ? deadline : '')
      const verdict = written === '' ? 'open' : written.slice(0, 10) < earliest ? 'early' : 'kept'
      return [name, { rule, earliest, basis, verdict }]
    }),
  )
}
