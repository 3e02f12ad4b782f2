/**
 * Sharing a secret so that any `threshold` of the shares give it and fewer say nothing (Shamir, GF(256), polynomial
 * 0x11b). A share is the values followed by its place x, as the server and HashiCorp Vault write it.
 */
const EXP = new Uint8Array(510)
const LOG = new Uint8Array(256)
let value = 1
for (let power = 0; power < 255; power += 1) {
  EXP[power] = EXP[power + 255] = value
  LOG[value] = power
  value ^= value << 1
  if (value & 0x100) value ^= 0x11b
}

function times(left: number, right: number): number {
  return left && right ? (EXP[(LOG[left] ?? 0) + (LOG[right] ?? 0)] ?? 0) : 0
}

/** Make shares; each is one byte longer than the secret. Throws RangeError for numbers that make no sense. */
export function split(secret: Uint8Array, shares: number, threshold: number): Uint8Array<ArrayBuffer>[] {
  if (threshold < 2 || threshold > shares || shares > 255 || secret.length === 0) throw new RangeError('2 <= threshold <= shares <= 255')
  const curves = Array.from(secret, (byte) => [byte, ...crypto.getRandomValues(new Uint8Array(threshold - 1))])
  return Array.from({ length: shares }, (_, place) => new Uint8Array([...curves.map((curve) => at(curve, place + 1)), place + 1]))
}

function at(curve: readonly number[], x: number): number {
  return curve.reduceRight((sum, coefficient) => times(sum, x) ^ coefficient, 0)
}
