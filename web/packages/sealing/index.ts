/** What everybody who looks at sealed bids has in common: bytes, canonical JSON, signatures, the record of an opening. */
export { base64, eight, fromBase64, fromHex, hex, joined, utf8, type Bytes } from './bytes.ts'
export { canonical, type Plain } from './canonical.ts'
export { compared, recordOf, type Comparison, type OpeningRecord, type OwnReceipt, type ReadBid } from './record.ts'
export { verdictOn, type Signed, type Verdict } from './signatures.ts'
