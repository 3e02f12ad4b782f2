import type { Bytes } from '@suqian/sealing'
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

import { SEALED_STEP, type Announcement } from './sealing.ts'

/** A sealed bid that waits on this device: ciphertext only. The key was forgotten when it was sealed. */
export interface Parcel {
  /** Section and company. */
  id: string
  announced: Announcement
  /** The bid on the server, once it was announced there. */
  bidId: string | null
  /** Names and sizes of what is inside, for whoever sealed it. */
  files: { name: string; size: number }[]
  size: number
  sealedAt: string
}

interface Tables extends DBSchema {
  parcels: { key: string; value: Parcel }
  steps: { key: [string, number]; value: ArrayBuffer }
  receipts: { key: string; value: Record<string, unknown> & { bid_id: string } }
}
type Parcels = IDBPDatabase<Tables>

/** Steps a call carries and a row keeps. */
export const STEPS_A_CALL = 8
const NAME = 'suqian.bids'
let shared: Promise<Parcels> | null = null

function open(): Promise<Parcels> {
  shared ??= openDB<Tables>(NAME, 1, {
    upgrade(db) {
      db.createObjectStore('parcels', { keyPath: 'id' })
      db.createObjectStore('steps')
      db.createObjectStore('receipts', { keyPath: 'bid_id' })
    },
  })
  return shared
}

/** The name of the one parcel of a company in a section. */
export function parcelName(sectionId: string, companyId: string): string {
  return `${sectionId}/${companyId}`
}

/** The sealed bid that waits, if any. */
export async function findParcel(id: string): Promise<Parcel | null> {
  return (await (await open()).get('parcels', id)) ?? null
}

/** Remember what is known of a sealed bid. */
export async function keepParcel(parcel: Parcel): Promise<void> {
  await (await open()).put('parcels', JSON.parse(JSON.stringify(parcel)) as Parcel)
}

/** Forget a sealed bid and its ciphertext. */
export async function dropParcel(id: string): Promise<void> {
  const db = await open()
  await db.delete('parcels', id)
  await db.delete('steps', IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]))
}

/** Keep up to eight steps from a place on. */
export async function keepSteps(id: string, first: number, steps: Bytes): Promise<void> {
  await (await open()).put('steps', steps.buffer, [id, first])
}

/** Steps from a place on, as many as one call carries. */
export async function stepsFrom(id: string, first: number): Promise<Bytes | null> {
  const start = first - (first % STEPS_A_CALL)
  const found = await (await open()).get('steps', [id, start])
  return found ? new Uint8Array(found).subarray((first - start) * SEALED_STEP) : null
}

/** Keep a receipt on this device, whatever becomes of the account. */
export async function keepReceipt(receipt: { bid_id: string }): Promise<void> {
  await (await open()).put('receipts', JSON.parse(JSON.stringify(receipt)) as { bid_id: string })
}

/** A receipt kept on this device. */
export async function keptReceipt(bidId: string): Promise<Record<string, unknown> | null> {
  return (await (await open()).get('receipts', bidId)) ?? null
}
