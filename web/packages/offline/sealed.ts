import type { Database } from './db.ts'
import { privately } from './forget.ts'

interface Sealed {
  iv: Uint8Array<ArrayBuffer>
  octets: ArrayBuffer
}

const CIPHER = 'AES-GCM'
const IV_BYTES = 12

/**
 * Keep something of a person encrypted on this device. The key never leaves the browser (it cannot be exported) and goes
 * with everything else of the person at logout, after which what may be left of the octets on a disk is unreadable.
 */
export async function seal(db: Database, person: string, name: string, value: unknown): Promise<void> {
  const key = (await keyOf(db, person)) ?? (await makeKey(db, person))
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const octets = await crypto.subtle.encrypt({ name: CIPHER, iv }, key, new TextEncoder().encode(JSON.stringify(value)))
  await db.put('kept', { key: privately(person, name), value: { iv, octets } satisfies Sealed, at: Date.now() })
}

/** What was sealed under a name, null when there is nothing or nobody can read it any more. */
export async function unseal<T>(db: Database, person: string, name: string): Promise<T | null> {
  const [key, found] = await Promise.all([keyOf(db, person), db.get('kept', privately(person, name))])
  if (!key || !found) return null
  try {
    const { iv, octets } = found.value as Sealed
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: CIPHER, iv }, key, octets))) as T
  } catch {
    return null
  }
}

async function keyOf(db: Database, person: string): Promise<CryptoKey | null> {
  return ((await db.get('kept', nameOfKey(person)))?.value as CryptoKey | undefined) ?? null
}

/** Another tab may make one at the same moment: the first that is written is everybody's. */
async function makeKey(db: Database, person: string): Promise<CryptoKey> {
  const made = await crypto.subtle.generateKey({ name: CIPHER, length: 256 }, false, ['encrypt', 'decrypt'])
  const transaction = db.transaction('kept', 'readwrite')
  const there = await transaction.store.get(nameOfKey(person))
  if (!there) await transaction.store.put({ key: nameOfKey(person), value: made, at: Date.now() })
  await transaction.done
  return (there?.value as CryptoKey | undefined) ?? made
}

const nameOfKey = (person: string): string => privately(person, 'key')
