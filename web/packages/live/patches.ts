/** A row of a collection of the live state. */
export interface Row {
  id: string
}
export type LiveState = Record<string, unknown>

/** What an event changes. */
export interface Patch {
  upsert?: Record<string, Row[]>
  remove?: Record<string, string[]>
  set?: Record<string, unknown>
}

/**
 * The state after a patch: rows replaced or put first, rows taken away, values set. Applying a patch twice changes
 * nothing more; collections that are not touched stay the same objects.
 */
export function applied(state: LiveState, patch: Patch): LiveState {
  const next: LiveState = { ...state, ...patch.set }
  for (const [name, rows] of Object.entries(patch.upsert ?? {})) next[name] = upserted(rowsOf(next, name), rows)
  for (const [name, ids] of Object.entries(patch.remove ?? {})) {
    next[name] = rowsOf(next, name).filter((row) => !ids.includes(row.id))
  }
  return next
}

/** A collection by its name; empty when there is none. */
export function rowsOf<R extends Row = Row>(state: LiveState, name: string): R[] {
  const rows = state[name]
  return Array.isArray(rows) ? (rows as R[]) : []
}

function upserted(rows: Row[], changes: Row[]): Row[] {
  const byId = new Map(changes.map((row) => [row.id, row]))
  const kept = rows.map((row) => {
    const change = byId.get(row.id)
    byId.delete(row.id)
    return change ?? row
  })
  return [...byId.values(), ...kept]
}
