import { fromBase64, joined, utf8 } from './bytes.ts'
import { canonical, type Plain } from './canonical.ts'

/** What is signed: a receipt of a bid, or the record of an opening. */
export type Signed = 'receipt' | 'record'
const DOMAINS: Record<Signed, string> = {
  receipt: 'suqian-bid-receipt-v1\n',
  record: 'suqian-opening-record-v1\n',
}
/** `unknown`: this browser does not know Ed25519. */
export type Verdict = 'genuine' | 'false' | 'unknown'

/** Whether a receipt or a record bears the platform's signature. */
export async function verdictOn(kind: Signed, document: Record<string, unknown>, publicKey: string): Promise<Verdict> {
  const key = await importKey(publicKey)
  if (!key) return 'unknown'
  const { signature, ...rest } = document
  const message = joined(utf8(DOMAINS[kind]), canonical(rest as Record<string, Plain>))
  try {
    return (await crypto.subtle.verify('Ed25519', key, fromBase64(String(signature)), message)) ? 'genuine' : 'false'
  } catch {
    return 'false'
  }
}

async function importKey(publicKey: string): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey('raw', fromBase64(publicKey), 'Ed25519', false, ['verify'])
  } catch {
    return null
  }
}
