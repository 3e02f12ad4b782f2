import type { NoticeBodyRequest } from '@suqian/api-client'

export type Kind = NoticeBodyRequest['kind']
/** What a field of a notice is filled in with. */
export type Sort = 'line' | 'text' | 'moment' | 'day' | 'flag' | 'money' | 'candidates' | 'winner' | 'companies'
export interface Item {
  name: string
  sort: Sort
  optional?: boolean
  /** Beside its neighbour instead of below it. */
  half?: boolean
}

const text = (name: string, more: Partial<Item> = {}): Item => ({ name, sort: 'text', ...more })
const line = (name: string): Item => ({ name, sort: 'line', half: true })
const moment = (name: string, more: Partial<Item> = {}): Item => ({ name, sort: 'moment', half: true, ...more })
const day = (name: string): Item => ({ name, sort: 'day', half: true })
const CONTENT = text('content')
const CONTACT = line('contact')
const SALE = [moment('documents_from'), moment('documents_until')]

/** What the kinds of notices say (domain.md 8.3, Order no. 10 of 2017), in the order in which one writes. */
export const ITEMS: Partial<Record<Kind, readonly Item[]>> = {
  plan_notice: [CONTENT, day('planned_on'), CONTACT],
  prequal_notice: [CONTENT, text('qualification'), ...SALE, moment('applications_until'), CONTACT],
  tender_notice: [
    CONTENT, text('scope'), text('qualification'), ...SALE, moment('bids_until'), CONTACT, line('how_to_get_documents'), line('how_to_hand_in'),
    line('funds'), line('joint_bids'),
  ],
  invitation: [CONTENT, { name: 'invited', sort: 'companies' }, ...SALE, moment('bids_until'), CONTACT],
  tender_doc: [CONTENT],
  change_notice: [CONTENT, { name: 'affects_bids', sort: 'flag' }, moment('new_deadline', { optional: true })],
  clarification: [CONTENT, { name: 'affects_bids', sort: 'flag' }, moment('new_deadline', { optional: true })],
  termination: [text('reason'), CONTENT],
  failed_notice: [text('reason'), text('content', { optional: true })],
  candidate_notice: [{ name: 'candidates', sort: 'candidates' }, day('report_received_on'), moment('objections_to')],
  award_notice: [{ name: 'winner', sort: 'winner' }, { name: 'first_dropped_out', sort: 'flag', optional: true }, text('content', { optional: true })],
  award_letter: [{ name: 'winner', sort: 'winner' }, CONTENT],
  contract_notice: [{ name: 'amount_fen', sort: 'money', half: true }, day('signed_on'), day('period_start'), day('period_end')],
  performance_notice: [CONTENT],
}

/** The kinds that are about one section only. */
export const ONE_SECTION: readonly Kind[] = ['candidate_notice', 'award_notice', 'award_letter', 'contract_notice']

/** The kinds that may leave the deadline where it is. */
export const CHANGES: readonly Kind[] = ['change_notice', 'clarification']

/** Whether somebody at the desk can write this kind here. */
export function isWritten(kind: string): kind is Kind {
  return kind in ITEMS
}
