/** A bid as it was read out. */
export interface ReadBid {
  receiptNo: string
  name: string
  price: number | null
  days: number | null
  quality: string
  manager: string
  remarks: string
  reason: string
  digest: string
  commitment: string
  receivedAt: string
}
export interface OpeningRecord {
  sectionName: string
  openedAt: string
  deadline: string
  place: string
  maxPrice: number | null
  bids: ReadBid[]
  confirmMinutes: number
}
type Loose = Record<string, unknown>
/** What a receipt has to have in common with the record. */
export interface OwnReceipt {
  receipt_no: string
  ciphertext_sha256: string
  commitment: string
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const number = (value: unknown) => (typeof value === 'number' ? value : null)

/** The signed record as the screens use it. */
export function recordOf(found: Loose): OpeningRecord {
  const bids = Array.isArray(found.bids) ? (found.bids as Loose[]) : []
  return {
    sectionName: text(found.section_name),
    openedAt: text(found.opened_at),
    deadline: text(found.deadline),
    place: text(found.place),
    maxPrice: number(found.max_price_fen),
    confirmMinutes: number(found.confirm_minutes) ?? 0,
    bids: bids.map((bid) => ({
      receiptNo: text(bid.receipt_no),
      name: text(bid.name),
      price: number(bid.price_fen),
      days: number(bid.duration_days),
      quality: text(bid.quality),
      manager: text(bid.manager),
      remarks: text(bid.remarks),
      reason: text(bid.reason_label) || text(bid.reason),
      digest: text(bid.ciphertext_sha256),
      commitment: text(bid.commitment),
      receivedAt: text(bid.received_at),
    })),
  }
}

export type Comparison = 'same' | 'different' | 'missing'

/** Whether the record holds what a receipt says was handed in, hash by hash. */
export function compared(record: OpeningRecord, receipt: OwnReceipt): Comparison {
  const bid = record.bids.find((one) => one.receiptNo === receipt.receipt_no)
  if (!bid) return 'missing'
  return bid.digest === receipt.ciphertext_sha256 && bid.commitment === receipt.commitment ? 'same' : 'different'
}
