import type { Message } from '@suqian/api-client'

/** Messages of pages that were loaded and of the live state as one list, newest first; the live state knows better. */
export function joined(loaded: readonly Message[], live: readonly Message[]): Message[] {
  const byId = new Map(loaded.map((message) => [message.id, message]))
  live.forEach((message) => byId.set(message.id, message))
  return [...byId.values()].sort((one, other) => (one.at === other.at ? compare(other.id, one.id) : compare(other.at, one.at)))
}

function compare(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
