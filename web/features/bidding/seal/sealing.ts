/** Sealing a bid as docs/bid-format.md says. Nothing here knows of screens or of the network. */
import { sha256 } from '@noble/hashes/sha2.js'
import { base64, canonical, eight, fromHex, hex, joined, utf8, type Bytes, type Plain } from '@suqian/sealing'

export const STEP = 64 * 1024
export const SEALED_STEP = STEP + 16
const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const
const NO_NONCE = new Uint8Array(12)

/** What a bid is sealed for. */
export interface Bound {
  sectionId: string
  bidderId: string
  version: number
}

/** What is read out at the opening. */
export interface Statement {
  price_fen: number
  duration_days: number
  quality: string
  manager: string
  remarks: string
}

/** What is announced before the ciphertext is sent. */
export interface Announcement {
  key_id: string
  point: string
  wrapped: string
  commitment: string
  step_count: number
  sha256: string
  bid_version: number
}

/** The random parts of a bid. */
export interface Secrets {
  ephemeral: CryptoKeyPair
  contentKey: Bytes
  salt: Bytes
}

/** The associated data of a bid. */
export function binding({ sectionId, bidderId, version }: Bound): Bytes {
  return utf8(`suqian-bid-v1\n${sectionId.toLowerCase()}\n${bidderId.toLowerCase()}\n${version}`)
}

/** The name of a tender key. */
export function keyIdOf(publicKey: Bytes): string {
  return hex(sha256(publicKey)).slice(0, 16)
}

/** Fresh random parts. */
export async function freshSecrets(): Promise<Secrets> {
  return {
    ephemeral: (await crypto.subtle.generateKey(CURVE, true, ['deriveBits'])) as CryptoKeyPair,
    contentKey: crypto.getRandomValues(new Uint8Array(32)),
    salt: crypto.getRandomValues(new Uint8Array(32)),
  }
}

/** The key of a bid, wrapped to the tender's public key: the ephemeral point and 48 bytes. */
export async function wrap(secrets: Secrets, tenderKey: Bytes, bound: Bytes): Promise<{ point: Bytes; wrapped: Bytes }> {
  const tender = await crypto.subtle.importKey('raw', tenderKey, CURVE, false, [])
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: tender }, secrets.ephemeral.privateKey, 256)
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', secrets.ephemeral.publicKey))
  const material = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey'])
  const info = joined(utf8('suqian-bid-key-v1\n'), bound)
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: point, info }
  const wrapping = await crypto.subtle.deriveKey(algorithm, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt'])
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: NO_NONCE, additionalData: bound },
    wrapping,
    secrets.contentKey,
  )
  return { point, wrapped: new Uint8Array(sealed) }
}

/** The promise that the statement was not changed after handing in. */
export function commitmentOf(salt: Bytes, statement: Statement | Record<string, Plain>): string {
  return hex(sha256(joined(salt, canonical({ ...statement }))))
}

/** The digest of a file, read in pieces. */
export async function digestOf(file: Blob, told: (bytes: number) => void = () => undefined): Promise<string> {
  const whole = sha256.create()
  for (let at = 0; at < file.size; at += 16 * STEP) {
    const piece = new Uint8Array(await file.slice(at, at + 16 * STEP).arrayBuffer())
    whole.update(piece)
    told(piece.length)
  }
  return hex(whole.digest())
}

/** The head of the plain bytes: its length, the statement, the salt and the list of files. */
export function headOf(statement: Statement | Record<string, Plain>, salt: Bytes, files: readonly { name: string; size: number; sha256: string }[]): Bytes {
  const listed = files.map(({ name, size, sha256: digest }) => ({ name, size, sha256: digest }))
  const header = canonical({ statement: { ...statement }, salt: base64(salt), files: listed })
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, header.length)
  return joined(length, header)
}

/** How many steps the plain bytes fill. */
export function stepsFor(bytes: number): number {
  return Math.ceil(bytes / STEP)
}

/** The plain bytes in steps, the last one filled with zeros; never more than one step in memory. */
export async function* plainSteps(head: Bytes, files: readonly Blob[]): AsyncGenerator<Bytes> {
  const whole = new Blob([head, ...files])
  const count = stepsFor(whole.size)
  for (let index = 0; index < count; index += 1) {
    const piece = new Uint8Array(await whole.slice(index * STEP, (index + 1) * STEP).arrayBuffer())
    if (piece.length === STEP) yield piece
    else yield joined(piece, new Uint8Array(STEP - piece.length))
  }
}

/** The sealed steps, one at a time. */
export async function* sealedSteps(contentKey: Bytes, bound: Bytes, plain: AsyncIterable<Bytes>, count: number): AsyncGenerator<Bytes> {
  const key = await crypto.subtle.importKey('raw', contentKey, 'AES-GCM', false, ['encrypt'])
  let index = 0
  for await (const step of plain) {
    const additionalData = joined(bound, eight(index), eight(count))
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce(index), additionalData }, key, step)
    yield new Uint8Array(sealed)
    index += 1
  }
}

function nonce(index: number): Bytes {
  return joined(new Uint8Array(4), eight(index))
}

/** What a worker is asked to seal. */
export interface Order extends Bound {
  publicKey: string
  statement: Statement | Record<string, Plain>
  files: readonly { name: string; content: Blob }[]
}

/** Seal a bid; the ciphertext is handed on in parcels as it comes, the key is forgotten at the end. */
export async function seal(
  order: Order,
  secrets: Secrets,
  { keep, told }: { keep(step: Bytes): Promise<void>; told(fraction: number): void },
): Promise<Announcement> {
  const total = 2 * order.files.reduce((sum, { content }) => sum + content.size, 0) + STEP
  let done = 0
  const advance = (bytes: number) => told(Math.min(1, (done += bytes) / total))
  const bound = binding(order)
  const tenderKey = fromHex(order.publicKey)
  const listed = []
  for (const { name, content } of order.files) listed.push({ name, size: content.size, sha256: await digestOf(content, advance) })
  const head = headOf(order.statement, secrets.salt, listed)
  const contents = order.files.map(({ content }) => content)
  const count = stepsFor(head.length + contents.reduce((sum, { size }) => sum + size, 0))
  const whole = sha256.create()
  for await (const step of sealedSteps(secrets.contentKey, bound, plainSteps(head, contents), count)) {
    whole.update(step)
    await keep(step)
    advance(STEP)
  }
  const { point, wrapped } = await wrap(secrets, tenderKey, bound)
  told(1)
  return {
    key_id: keyIdOf(tenderKey),
    point: hex(point),
    wrapped: hex(wrapped),
    commitment: commitmentOf(secrets.salt, order.statement),
    step_count: count,
    sha256: hex(whole.digest()),
    bid_version: order.version,
  }
}
