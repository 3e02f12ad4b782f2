import { isAsked } from './check.ts'
import { isBlank, kindOf, type Answers, type Field, type FormSchema, type Kind } from './schema.ts'

const FULL_WIDTH = /[\uff01-\uff5e\u3000]/g
const LETTERS_AND_DIGITS = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u3000]/g
const BLANKS_AND_DASHES = /[\s\u00a0\u200b-\u200d\ufeff\-\u2010-\u2015\u2212\u00b7]/g
const COUNTRY = /^(?:\+|00)?86(?=1\d{10}$)/
const DATE_PARTS = /^(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*$/

/** Full-width signs as half-width ones. */
export function halfWidth(text: string, signs = FULL_WIDTH): string {
  return text.replace(signs, (sign) =>
    sign === '\u3000' ? ' ' : String.fromCharCode(sign.charCodeAt(0) - 0xfee0),
  )
}

/** Words as they should be kept: no outer blanks, full-width letters and digits folded, Chinese punctuation left. */
export function plainText(text: string): string {
  return halfWidth(text, LETTERS_AND_DIGITS).replace(/[ \t\u00a0]+/g, ' ').trim()
}

/** A code or number as typed on any keyboard: half-width, no blanks and hyphens, capital letters. */
export function plainCode(text: string): string {
  return halfWidth(text).replace(BLANKS_AND_DASHES, '').toUpperCase()
}

/** A mobile number without its country code. */
export function plainMobile(text: string): string {
  return plainCode(text).replace(COUNTRY, '')
}

/** A number as typed, with full-width digits and signs between thousands; null for something that is none. */
export function plainNumber(text: string): number | null {
  const bare = halfWidth(text).replace(/[\s,]/g, '').replace('\u3002', '.')
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(bare) ? Number(bare) : null
}

/** A day as typed (`2026/3/1`, `20260301`, with Chinese signs) in the form `2026-03-01`; unchanged when it is no day. */
export function plainDay(text: string): string {
  const bare = halfWidth(text).trim()
  const parts = DATE_PARTS.exec(bare) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(bare)
  if (!parts) return bare
  const [, year = '', month = '', day = ''] = parts
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

const PLAIN: Partial<Record<Kind, (text: string) => unknown>> = {
  number: (text) => (text.trim() === '' ? undefined : (plainNumber(text) ?? text)),
  mobile: plainMobile,
  id: plainCode,
  credit: plainCode,
  date: plainDay,
  email: (text) => halfWidth(text).trim(),
  choice: (text) => text,
}
PLAIN.integer = PLAIN.number

/** One answer as it is to be kept. What cannot be understood stays as typed, for the check to name. */
export function plainAnswer(field: Field, value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => plainAnswer(field.items ?? {}, item)).filter((item) => item !== '')
  if (typeof value !== 'string') return value
  const plain = PLAIN[kindOf(field, name)]
  return plain ? plain(value) : plainWords(field, value)
}

/** Words; a number or code that only fits its pattern without blanks and full-width signs goes without them. */
function plainWords({ pattern }: Field, value: string): string {
  const words = plainText(value)
  if (!pattern) return words
  const wanted = new RegExp(pattern, 'u')
  const code = plainCode(value)
  return !wanted.test(words) && wanted.test(code) ? code : words
}

/** All answers as they are to be sent: each in its plain form, without what was left empty or is not asked any more. */
export function plainAnswers(schema: FormSchema, answers: Answers): Answers {
  const kept: Answers = {}
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const value = plainAnswer(field, answers[name], name)
    if (!isBlank(value)) kept[name] = value
  }
  const asked = Object.entries(kept).filter(([name]) => isAsked(schema.properties?.[name] ?? {}, kept))
  return Object.fromEntries(asked)
}
