import type { DocumentActBodyRequest } from '@suqian/api-client'

export type Act = DocumentActBodyRequest['action']

/** Whom an act asks for: one person, or several (units too where `units`). */
export interface Asked {
  field: 'checker_id' | 'leader_id' | 'lead_id' | 'countersigners' | 'assistants' | 'readers' | 'people'
  single?: boolean
  optional?: boolean
  units?: boolean
}

export const ASKED: Partial<Record<Act, readonly Asked[]>> = {
  submit: [
    { field: 'checker_id', single: true },
    { field: 'countersigners', optional: true },
    { field: 'leader_id', single: true },
  ],
  propose: [{ field: 'leader_id', single: true }],
  instruct: [
    { field: 'lead_id', single: true },
    { field: 'assistants', optional: true },
    { field: 'readers', optional: true },
  ],
  circulate: [{ field: 'people', units: true }],
  distribute: [{ field: 'people', units: true }],
}
/** Acts that say why or what. */
export const NEEDS_OPINION: ReadonlySet<Act> = new Set(['propose', 'instruct', 'handle', 'send_back', 'reopen', 'void'])
/** Acts that nobody does by mistake twice: they ask for nothing. */
export const BARE: ReadonlySet<Act> = new Set(['sign', 'register', 'chase', 'archive'])
/** Acts that undo or refuse. */
export const GRAVE: ReadonlySet<Act> = new Set(['send_back', 'reopen', 'void'])
