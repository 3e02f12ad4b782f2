import type { CaseFile, Material, TimelineEntry } from '@suqian/api-client'

/** One thing that is other than it was. */
export type Change =
  | { kind: 'state'; from: string; to: string }
  | { kind: 'due'; from: string | null; to: string | null }
  | { kind: 'happened'; entry: TimelineEntry }
  | { kind: 'given' | 'taken'; file: string }
  | { kind: 'answer'; name: string; from: unknown; to: unknown }

/** What changed in a case file between two looks, what people did first. */
export function changesBetween(before: CaseFile, now: CaseFile): Change[] {
  return [
    ...happened(before, now),
    ...(before.state === now.state ? [] : [{ kind: 'state' as const, from: before.state_label, to: now.state_label }]),
    ...(before.due_on === now.due_on ? [] : [{ kind: 'due' as const, from: before.due_on, to: now.due_on }]),
    ...missing(now.materials, before.materials).map((one) => ({ kind: 'given' as const, file: one.filename })),
    ...missing(before.materials, now.materials).map((one) => ({ kind: 'taken' as const, file: one.filename })),
    ...answers(before, now),
  ]
}

function happened(before: CaseFile, now: CaseFile): Change[] {
  const known = new Set(before.timeline.map(signOf))
  const fresh = now.timeline.filter((entry) => entry.at !== null && !known.has(signOf(entry)))
  return fresh.map((entry) => ({ kind: 'happened', entry }))
}

function signOf({ kind, at, title }: TimelineEntry): string {
  return [kind, at, title].join()
}

function missing(from: readonly Material[], other: readonly Material[]): Material[] {
  const known = new Set(other.map((one) => one.id))
  return from.filter((one) => !known.has(one.id))
}

function answers(before: CaseFile, now: CaseFile): Change[] {
  const names = new Set([...Object.keys(before.form), ...Object.keys(now.form)])
  return [...names]
    .filter((name) => JSON.stringify(before.form[name]) !== JSON.stringify(now.form[name]))
    .map((name) => ({ kind: 'answer', name, from: before.form[name], to: now.form[name] }))
}
