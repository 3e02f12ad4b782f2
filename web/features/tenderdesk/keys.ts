import { fromHex, hex } from '@suqian/sealing'

import { split } from './shamir.ts'

export const SHARES = 3
const THRESHOLD = 2
/** A share as it is handed to who keeps it, with what the platform is told of it. */
export interface Share {
  hex: string
  digest: string
}
export interface MadeKey {
  publicKey: string
  shares: Share[]
}

const digest = async (bytes: Uint8Array<ArrayBuffer>) => hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))

/** Make a key for the bids of a section on this device and split it; what is whole is forgotten at once. */
export async function makeKey(): Promise<MadeKey> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
  const { d = '' } = await crypto.subtle.exportKey('jwk', pair.privateKey)
  const scalar = Uint8Array.from(atob(d.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0))
  const parts = split(scalar, SHARES, THRESHOLD)
  scalar.fill(0)
  const shares = await Promise.all(parts.map(async (part) => ({ hex: hex(part), digest: await digest(part) })))
  return { publicKey: hex(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))), shares }
}

const LINE = /(?<![0-9a-f])[0-9a-f]{66}(?![0-9a-f])/i

/** The share in what an opener pasted or in the file that was handed out; empty when there is none. */
export function shareIn(text: string): string {
  return (LINE.exec(text)?.[0] ?? '').toLowerCase()
}

/** Whether a share is the one whose digest was registered. */
export async function isOf(share: string, registered: string): Promise<boolean> {
  return (await digest(fromHex(share))) === registered
}
