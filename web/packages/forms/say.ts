import { friendlyDay } from '@suqian/i18n'

import { isDay } from './numbers.ts'
import { isBlank, kindOf, labelOf, type Field, type Kind } from './schema.ts'

/** Words for yes and no in the language on the screen. */
export interface YesNo {
  yes: string
  no: string
}

const SAID: Partial<Record<Kind, (text: string) => string>> = {
  date: (text) => (isDay(text) ? withYear(text) : text),
  mobile: (text) => text.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3'),
}

/** An answer as people read it; empty when there is none. */
export function said(field: Field, value: unknown, words: YesNo, name = ''): string {
  if (isBlank(value)) return ''
  if (typeof value === 'boolean') return value ? words.yes : words.no
  // not a text: what stands between the entries of a list
  if (Array.isArray(value)) return value.map((item) => labelOf(field.items ?? {}, item)).join('、')
  const inWords = SAID[kindOf(field, name)]
  return inWords ? inWords(String(value)) : labelOf(field, value)
}

function withYear(day: string): string {
  const words = friendlyDay(day)
  return words.includes(day.slice(0, 4)) ? words : `${day.slice(0, 4)} · ${words}`
}
