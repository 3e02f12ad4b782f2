import { execFileSync } from 'node:child_process'
import { createECDH, createHash, generateKeyPairSync, sign } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { canonical, fromHex, hex, joined, verdictOn, type Bytes } from '@suqian/sealing'
import { describe, expect, it } from 'vitest'

import { SEALED_STEP, STEP, binding, digestOf, freshSecrets, keyIdOf, seal, wrap, type Secrets } from './sealing.ts'

const root = resolve(import.meta.dirname, '../../../..')
const vectors = JSON.parse(readFileSync(resolve(root, 'docs/bid-vectors.json'), 'utf8'))
const bound = { sectionId: vectors.section_id, bidderId: vectors.bidder_id, version: vectors.version }

/** A key pair from its private scalar. */
async function pair(scalar: string): Promise<CryptoKeyPair> {
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(scalar, 'hex')
  const point = new Uint8Array(ecdh.getPublicKey())
  const url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
  const [x, y] = [url(point.slice(1, 33)), url(point.slice(33))]
  const curve = { name: 'ECDH', namedCurve: 'P-256' }
  const jwk = { kty: 'EC', crv: 'P-256', x, y }
  const secret = { ...jwk, d: url(fromHex(scalar)) }
  return {
    publicKey: await crypto.subtle.importKey('jwk', jwk, curve, true, []),
    privateKey: await crypto.subtle.importKey('jwk', secret, curve, true, ['deriveBits']),
  }
}

async function fixedSecrets(): Promise<Secrets> {
  return { ephemeral: await pair(vectors.ephemeral), contentKey: fromHex(vectors.content_key), salt: fromHex(vectors.salt) }
}

const files = vectors.files.map((file: { name: string; hex: string }) => ({ name: file.name, content: new Blob([fromHex(file.hex)]) }))

describe('sealing', () => {
  it('gives the bytes of the published vectors', async () => {
    const steps: Bytes[] = []
    const progress: number[] = []
    const order = { ...bound, publicKey: vectors.tender_public_key, statement: vectors.statement, files }
    const announced = await seal(order, await fixedSecrets(), {
      keep: async (step) => void steps.push(step),
      told: (fraction) => progress.push(fraction),
    })
    expect(announced).toEqual({
      key_id: vectors.key_id,
      point: vectors.point,
      wrapped: vectors.wrapped,
      commitment: vectors.commitment,
      step_count: vectors.step_count,
      sha256: vectors.ciphertext_sha256,
      bid_version: vectors.version,
    })
    expect(hex(steps[0]!.slice(0, 32))).toBe(vectors.first_step_head)
    expect(steps.map((step) => step.length)).toEqual(steps.map(() => SEALED_STEP))
    expect(createHash('sha256').update(joined(...steps)).digest('hex')).toBe(vectors.ciphertext_sha256)
    expect(progress.at(-1)).toBe(1)
  })

  it('wraps for one section, one company and one version only', async () => {
    const secrets = await fixedSecrets()
    const key = fromHex(vectors.tender_public_key)
    const { wrapped } = await wrap(secrets, key, binding({ ...bound, version: 2 }))
    expect(hex(wrapped)).not.toBe(vectors.wrapped)
    expect(keyIdOf(key)).toBe(vectors.key_id)
  })

  it('reads a file in pieces and gets the digest of the whole', async () => {
    const bytes = new Uint8Array(40 * STEP + 7).map((_, at) => at % 251)
    let read = 0
    expect(await digestOf(new Blob([bytes]), (more) => (read += more))).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect(read).toBe(bytes.length)
  })

  const python = resolve(root, '.venv/bin/python')
  it.runIf(existsSync(python))('is opened by the server that opens bids', async () => {
    const steps: Bytes[] = []
    const statement = { price_fen: 948_000_000, duration_days: 170, quality: '合格', manager: '张工 🏗', remarks: '含 "暂列金"\n第二行' } // not a text: content of a bid
    const order = { ...bound, publicKey: vectors.tender_public_key, statement, files }
    const announced = await seal(order, await freshSecrets(), { keep: async (step) => void steps.push(step), told: () => undefined })
    const input = JSON.stringify({ ...vectors, announced, cipher: hex(joined(...steps)) })
    const opened = execFileSync(python, ['-c', OPENER], { cwd: root, input, maxBuffer: 2 ** 24 }).toString()
    expect(JSON.parse(opened)).toEqual(statement)
  })
})

const OPENER = `
import json, sys
from backend.tenders.rules import sealing
given = json.load(sys.stdin)
said, cipher = given["announced"], bytes.fromhex(given["cipher"])
bound = sealing.binding(given["section_id"], given["bidder_id"], given["version"])
envelope = sealing.Envelope(bytes.fromhex(said["point"]), bytes.fromhex(said["wrapped"]))
key = sealing.unwrap(bytes.fromhex(given["tender_private_key"]), envelope, bound)
size = sealing.SEALED_STEP
steps = [cipher[at : at + size] for at in range(0, len(cipher), size)]
assert sealing.digest(steps) == said["sha256"] and len(steps) == said["step_count"]
print(json.dumps(sealing.open_bid(key, bound, steps, len(steps), said["commitment"]).statement))
`

describe('what is signed', () => {
  it('is written with sorted names, no spaces, nothing escaped that need not be', () => {
    const text = new TextDecoder().decode(canonical({ 𝒷: 1, b: ['é', null, true], a: { y: 'x"\n', x: '标' } })) // not a text: bytes to compare
    expect(text).toBe('{"a":{"x":"标","y":"x\\"\\n"},"b":["é",null,true],"𝒷":1}') // not a text: bytes to compare
  })

  it('is genuine only as it was signed', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64')
    const receipt = { receipt_no: 'R1', size: 65552 }
    const message = Buffer.concat([Buffer.from('suqian-bid-receipt-v1\n'), Buffer.from(canonical(receipt))])
    const signature = sign(null, message, privateKey).toString('base64')
    expect(await verdictOn('receipt', { ...receipt, signature }, raw)).toBe('genuine')
    expect(await verdictOn('receipt', { ...receipt, size: 1, signature }, raw)).toBe('false')
    expect(await verdictOn('record', { ...receipt, signature }, raw)).toBe('false')
  })
})
