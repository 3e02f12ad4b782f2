import type { IconName } from './icons.ts'

export type Tone = 'calm' | 'active' | 'notice' | 'ok' | 'danger'
export interface Look {
  tone: Tone
  icon: IconName
}

/** One vocabulary for all kinds of work: what a state looks like. Its words come with the data. */
const LOOKS: Record<string, Look> = {
  draft: { tone: 'calm', icon: 'pen' },
  submitted: { tone: 'active', icon: 'clock' },
  open: { tone: 'active', icon: 'clock' },
  queued: { tone: 'calm', icon: 'clock' },
  accepted: { tone: 'active', icon: 'send' },
  in_review: { tone: 'active', icon: 'eye' },
  pending_decision: { tone: 'active', icon: 'pen' },
  special_procedure: { tone: 'notice', icon: 'pause' },
  supplement_required: { tone: 'notice', icon: 'upload' },
  received: { tone: 'active', icon: 'clock' },
  registered: { tone: 'active', icon: 'clock' },
  dispatched: { tone: 'active', icon: 'send' },
  signed: { tone: 'active', icon: 'pen' },
  processing: { tone: 'active', icon: 'pen' },
  return_requested: { tone: 'active', icon: 'swap' },
  sign_off: { tone: 'active', icon: 'pen' },
  review: { tone: 'active', icon: 'eye' },
  callback: { tone: 'notice', icon: 'star' },
  archived: { tone: 'ok', icon: 'check' },
  merged: { tone: 'calm', icon: 'swap' },
  transferred: { tone: 'calm', icon: 'send' },
  planned: { tone: 'calm', icon: 'clock' },
  prequalifying: { tone: 'active', icon: 'file' },
  bidding: { tone: 'active', icon: 'send' },
  sealed: { tone: 'notice', icon: 'lock' },
  opened: { tone: 'active', icon: 'eye' },
  candidates: { tone: 'notice', icon: 'star' },
  awarded: { tone: 'ok', icon: 'star' },
  contracted: { tone: 'ok', icon: 'check' },
  terminated: { tone: 'calm', icon: 'close' },
  uploading: { tone: 'notice', icon: 'upload' },
  receipted: { tone: 'ok', icon: 'lock' },
  replaced: { tone: 'calm', icon: 'swap' },
  decrypted: { tone: 'ok', icon: 'eye' },
  decrypt_failed: { tone: 'danger', icon: 'alert' },
  skipped: { tone: 'calm', icon: 'info' },
  cancelled: { tone: 'calm', icon: 'close' },
  withdrawn: { tone: 'calm', icon: 'back' },
  approved: { tone: 'ok', icon: 'check' },
  delivered: { tone: 'ok', icon: 'check' },
  done: { tone: 'ok', icon: 'check' },
  closed: { tone: 'ok', icon: 'check' },
  denied: { tone: 'danger', icon: 'close' },
  not_accepted: { tone: 'danger', icon: 'close' },
  failed: { tone: 'danger', icon: 'alert' },
  overdue: { tone: 'danger', icon: 'alert' },
}

/** The look of a state; one that is not known looks calm. */
export function lookOf(state: string): Look {
  return LOOKS[state] ?? { tone: 'calm', icon: 'info' }
}
