import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

import { fromHex, hex } from '@suqian/sealing'
import { describe, expect, it } from 'vitest'

import { isOf, makeKey, shareIn } from './keys.ts'
import { split } from './shamir.ts'

const root = resolve(import.meta.dirname, '../../..')
const python = resolve(root, '.venv/bin/python')
/** What the server makes of two shares. */
const COMBINE = 'import sys; from backend.tenders.rules.shamir import combine; print(combine([bytes.fromhex(s) for s in sys.argv[1:]]).hex())'
const PUBLIC = 'import sys; from backend.tenders.rules import sealing, shamir; print(sealing.public_of(shamir.combine([bytes.fromhex(s) for s in sys.argv[1:]])).hex())'
const run = (code: string, ...shares: string[]) => execFileSync(python, ['-c', code, ...shares], { cwd: root, encoding: 'utf8' }).trim()

describe('the shares of a key', () => {
  it('are of one length, each with its place, and say nothing alone', () => {
    const secret = new Uint8Array(32).fill(7)
    const shares = split(secret, 3, 2)
    expect(shares.map((share) => share.at(-1))).toEqual([1, 2, 3])
    expect(shares.every((share) => share.length === 33 && hex(share.slice(0, 32)) !== hex(secret))).toBe(true)
    expect(() => split(secret, 1, 2)).toThrow(RangeError)
  })

  it.runIf(existsSync(python))('give the secret back on the server, any two of them', () => {
    const secret = crypto.getRandomValues(new Uint8Array(32))
    const [one = '', two = '', three = ''] = split(secret, 3, 2).map(hex)
    expect([run(COMBINE, one, two), run(COMBINE, three, one)]).toEqual([hex(secret), hex(secret)])
  })

  it.runIf(existsSync(python))('open what the public key has sealed', async () => {
    const { publicKey, shares } = await makeKey()
    expect(run(PUBLIC, shares[2]?.hex ?? '', shares[1]?.hex ?? '')).toBe(publicKey)
  })

  it('are found in what was handed out, and known by their digests', async () => {
    const [share = { hex: '', digest: '' }] = (await makeKey()).shares
    expect(shareIn(`SQ202600001-01\n${share.hex.toUpperCase()}\nSHA-256 ${share.digest}\n`)).toBe(share.hex)
    expect(shareIn(`SHA-256 ${share.digest}`)).toBe('')
    expect(await isOf(share.hex, share.digest)).toBe(true)
    expect(await isOf(hex(fromHex(share.hex).reverse()), share.digest)).toBe(false)
  })
})
