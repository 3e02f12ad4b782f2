import { Unreachable } from '@suqian/api-client'

import { database } from './db.ts'

/** Something read, and whether it is what this device kept because nobody could be reached. */
export interface Kept<T> {
  value: T
  /** When it was read from the server; null when just now. */
  since: Date | null
}

/** Read something and keep it; without a network, what was kept the last time. Throws when there is neither. */
export async function readThrough<T>(key: string, read: () => Promise<T>): Promise<Kept<T>> {
  try {
    const value = await read()
    await keep(key, value)
    return { value, since: null }
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
    const kept = await (await database()).get('kept', key)
    if (!kept) throw error
    return { value: kept.value as T, since: new Date(kept.at) }
  }
}

/** Keep something on this device under a name. */
export async function keep(key: string, value: unknown): Promise<void> {
  await (await database()).put('kept', { key, value: JSON.parse(JSON.stringify(value)) as unknown, at: Date.now() })
}

/** What is kept under a name, null when nothing is. */
export async function kept<T>(key: string): Promise<T | null> {
  const found = await (await database()).get('kept', key)
  return found ? (found.value as T) : null
}
