import 'fake-indexeddb/auto'

import { expect, it } from 'vitest'

import { openDatabase } from './db.ts'
import { forgetPerson, privately } from './forget.ts'
import { seal, unseal } from './sealed.ts'

const book = { rows: [{ name: '赵建国', office_phone: '0527-84350001' }] } // not a text: somebody's card
const fresh = () => openDatabase(`sealed-${Math.random()}`)

it('gives back what was sealed, to the same person only', async () => {
  const db = await fresh()
  await seal(db, 'zhao', 'contacts', book)
  expect(await unseal(db, 'zhao', 'contacts')).toEqual(book)
  expect(await unseal(db, 'qian', 'contacts')).toBeNull()
})

it('keeps nothing readable and no key that could be taken along', async () => {
  const db = await fresh()
  await seal(db, 'zhao', 'contacts', book)
  const kept = await db.get('kept', privately('zhao', 'contacts'))
  const { octets } = kept?.value as { octets: ArrayBuffer }
  expect(new TextDecoder().decode(octets)).not.toContain('84350001')
  const key = (await db.get('kept', privately('zhao', 'key')))?.value as CryptoKey
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
})

it('is gone with its key at logout', async () => {
  const db = await fresh()
  await seal(db, 'zhao', 'contacts', book)
  await forgetPerson(db, 'zhao')
  expect(await db.getAll('kept')).toEqual([])
  expect(await unseal(db, 'zhao', 'contacts')).toBeNull()
})

it('does not read what was changed on the disk', async () => {
  const db = await fresh()
  await seal(db, 'zhao', 'contacts', book)
  const kept = await db.get('kept', privately('zhao', 'contacts'))
  new Uint8Array((kept?.value as { octets: ArrayBuffer }).octets)[3]! ^= 1
  await db.put('kept', kept!)
  expect(await unseal(db, 'zhao', 'contacts')).toBeNull()
})
