import type { InquiryLimit } from '@suqian/api-client'

/** A line of the table of limits. */
export interface Line {
  name: 'answer' | 'petitionAccept' | 'petitionAnswer' | 'petitionMore'
  amount: number
  unit: InquiryLimit['unit']
}

const WANTED: readonly { name: Line['name']; kind: InquiryLimit['kind']; petition: boolean }[] = [
  { name: 'answer', kind: 'answer', petition: false },
  { name: 'petitionAccept', kind: 'accept', petition: true },
  { name: 'petitionAnswer', kind: 'answer', petition: true },
  { name: 'petitionMore', kind: 'extension', petition: true },
]

/** The limits of the mailbox, in the order people meet them; one that the city has not set is left out. */
export function linesOf(limits: readonly InquiryLimit[]): Line[] {
  return WANTED.flatMap(({ name, kind, petition }) => {
    const fits = (one: InquiryLimit) => one.kind === kind && one.channel === 'mailbox' && one.petition === petition && !one.urgent && one.request_type === ''
    const found = limits.find(fits)
    return found ? [{ name, amount: found.amount, unit: found.unit }] : []
  })
}
