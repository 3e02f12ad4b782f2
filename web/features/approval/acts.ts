import type { ActionRequest, CaseFile, Wording } from '@suqian/api-client'
import type { IconName } from '@suqian/ui'

export type Action = ActionRequest['action']
export type Procedure = Exclude<ActionRequest['procedure'], ''>
export type DeliveryMethod = Exclude<ActionRequest['delivery_method'], ''>
/** What an act asks for besides the opinion. */
export type Extra = 'items' | 'legal_basis' | 'procedure' | 'planned_days' | 'extension_days' | 'delivery_method'
export type Decision = ActionRequest

export interface ActLook {
  icon: IconName
  /** Whether the opinion must be given. */
  opinion: boolean
  extras: readonly Extra[]
  /** Needs a fresh second factor. */
  signing: boolean
  /** Takes something away from the applicant or sends the case back. */
  grave: boolean
  /** May be done for several cases at once: the same words fit all of them. */
  batch: boolean
}

const PLAIN: ActLook = { icon: 'check', opinion: true, extras: [], signing: false, grave: false, batch: false }
const ACTS: Record<Action, ActLook> = {
  accept: { ...PLAIN, opinion: false, batch: true },
  pass: { ...PLAIN, batch: true },
  grant: { ...PLAIN, icon: 'shield', signing: true, batch: true },
  deliver: { ...PLAIN, icon: 'send', opinion: false, extras: ['delivery_method'], batch: true },
  resume: { ...PLAIN, icon: 'refresh', opinion: false },
  request_supplement: { ...PLAIN, icon: 'upload', opinion: false, extras: ['items'] },
  suspend: { ...PLAIN, icon: 'pause', extras: ['procedure', 'planned_days'] },
  extend: { ...PLAIN, icon: 'clock', extras: ['extension_days'], signing: true },
  send_back: { ...PLAIN, icon: 'back', grave: true },
  refuse_acceptance: { ...PLAIN, icon: 'close', extras: ['legal_basis'], signing: true, grave: true },
  deny: { ...PLAIN, icon: 'close', extras: ['legal_basis'], signing: true, grave: true },
}
const ORDER = Object.keys(ACTS) as Action[]

export const PROCEDURES: readonly Procedure[] = [
  'hearing', 'tender', 'auction', 'inspection', 'testing', 'quarantine', 'appraisal', 'expert_review',
]
export const METHODS: readonly DeliveryMethod[] = ['electronic', 'counter', 'post', 'on_the_spot']

export function lookOfAct(action: Action): ActLook {
  return ACTS[action]
}

/** What may be done, the usual way on first. */
export function inOrder(actions: readonly Action[]): Action[] {
  return ORDER.filter((action) => actions.includes(action))
}

/** A decision that says nothing yet. */
export function blankDecision(action: Action): Decision {
  const method = ACTS[action].extras.includes('delivery_method') ? ('electronic' as const) : ('' as const)
  return {
    action, opinion: '', items: [], legal_basis: '', procedure: '', planned_days: 0, extension_days: 0,
    delivery_method: method,
  }
}

/** What the act needs and the decision lacks, by the name of the field. */
export function missingIn(decision: Decision): (Extra | 'opinion')[] {
  const { opinion, extras } = ACTS[decision.action]
  const wanted: (Extra | 'opinion')[] = [...(opinion ? ['opinion' as const] : []), ...extras]
  return wanted.filter((name) => !isGiven(decision[name]))
}

function isGiven(value: Decision[keyof Decision]): boolean {
  if (typeof value === 'string') return value.trim() !== ''
  return Array.isArray(value) ? value.some((one) => one.trim() !== '') : Boolean(value)
}

/** The decision without blank lines and stray blanks, as it is sent. */
export function tidied(decision: Decision): Decision {
  const items = (decision.items ?? []).map((item) => item.trim()).filter(Boolean)
  return { ...decision, items, opinion: decision.opinion.trim(), legal_basis: decision.legal_basis.trim() }
}

/**
 * Wordings that fit a field of an act on a case of this type. For the article the item's own grounds are offered too:
 * first where the case is decided by them, last where it is not even accepted.
 */
export function choicesFor(
  wordings: readonly Wording[],
  action: Action,
  field: Wording['field'],
  item: Pick<CaseFile, 'type_code' | 'legal_bases'> | null,
): string[] {
  const fitting = wordings.filter((one) => one.action === action && one.field === field && fits(one.type_code, item))
  const own = field === 'legal_basis' ? (item?.legal_bases ?? []).map(cited) : []
  const general = fitting.map((one) => one.text)
  return [...new Set(action === 'refuse_acceptance' ? [...general, ...own] : [...own, ...general])]
}

function fits(typeCode: string, item: { type_code: string } | null): boolean {
  return typeCode === '' || typeCode === item?.type_code
}

function cited({ law, article }: { law: string; article: string }): string {
  return `${law.startsWith('《') ? law : `《${law}》`}${article}` // not a text: marks around the name of a law
}
