/** Number and code of the QR picture on a receipt, which stand behind the `#` so that no server log has them. */
export function fromReceipt(hash: string): { number: string; code: string } | null {
  const found = /^#?(\d{20})\.([A-Za-z0-9]{4,20})$/.exec(hash)
  return found ? { number: found[1] ?? '', code: found[2] ?? '' } : null
}

/** What was typed, with full-width signs and blanks seen to. */
export function plainNumber(text: string): string {
  return text.normalize('NFKC').replace(/[\s-]/g, '')
}
