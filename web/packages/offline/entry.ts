/** Where something that waits to be sent stands: 等待网络, 发送中, 已发送, 需要处理. not a text: the words of the design */
export type EntryState = 'waiting' | 'sending' | 'sent' | 'failed'

/** What the server said when it refused. */
export interface KeptProblem {
  code: string
  title: string
  detail: string
  faults: { pointer: string; code: string; detail: string }[]
}

/** One intent of a person that is to reach the server exactly once. */
export interface Entry {
  seq: number
  person: string
  /** What it belongs to; entries of one subject are sent in their order. */
  subject: string
  kind: string
  payload: unknown
  /** The Idempotency-Key: stays the same over all attempts. */
  key: string
  state: EntryState
  attempts: number
  at: number
  /** Not to be tried before this moment. */
  nextAt: number
  problem: KeptProblem | null
  sentAt: number | null
}

export interface NewEntry {
  subject: string
  kind: string
  payload: unknown
  /** Takes the place of one of the same kind and subject that still waits. */
  replaces?: boolean
}
