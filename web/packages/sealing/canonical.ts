import { utf8, type Bytes } from './bytes.ts'

/** What canonical JSON may hold. */
export type Plain = string | number | boolean | null | Plain[] | { [name: string]: Plain }

/** JSON with names sorted by code point and no spaces, as UTF-8 (docs/bid-format.md). */
export function canonical(value: Plain): Bytes {
  return utf8(written(value))
}

function written(value: Plain): string {
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const pairs = Object.entries(value).sort(([one], [other]) => byCodePoint(one, other))
  return `{${pairs.map(([name, held]) => `${JSON.stringify(name)}:${written(held)}`).join(',')}}`
}

function byCodePoint(one: string, other: string): number {
  const [left, right] = [[...one], [...other]]
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const apart = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0)
    if (apart !== 0) return apart
  }
  return left.length - right.length
}
