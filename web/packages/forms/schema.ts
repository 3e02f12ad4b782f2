import type { Schema } from '@cfworker/json-schema'

/** One question of an item's form: JSON Schema with what the catalogue adds for people. */
export interface Field extends Schema {
  title?: string
  description?: string
  items?: Field
  properties?: Record<string, Field>
  /** The words for the values of `enum`, in the same order. */
  'x-labels'?: string[]
  /** Where an answer is known already: `identity.name`, `account.phone`, `legal_person.name`, … */
  'x-prefill'?: string
  'x-mask'?: string
  /** JSON Schema on the answers; the question is only put when they meet it. */
  'x-when'?: Record<string, unknown>
}

/** The form of an item: a closed object whose groups list every field once. */
export interface FormSchema extends Schema {
  properties?: Record<string, Field>
  'x-groups'?: { title: string; fields: string[] }[]
}

export type Answers = Record<string, unknown>

/** How a question is put. */
export type Kind =
  | 'text' | 'long' | 'number' | 'integer' | 'date' | 'choice' | 'choices' | 'yesno' | 'promise'
  | 'mobile' | 'id' | 'credit' | 'email' | 'address' | 'list'

const BY_FORMAT: Record<string, Kind> = {
  date: 'date', 'cn-mobile': 'mobile', 'id-card': 'id', 'credit-code': 'credit', email: 'email',
}
const LONG_FROM = 200
const ADDRESS = /address|premises|site|place|location/i

/** How to put a question. */
export function kindOf(field: Field, name = ''): Kind {
  if (field.enum) return 'choice'
  return BY_TYPE[field.type as string]?.(field) ?? BY_FORMAT[field.format ?? ''] ?? kindOfWords(field, name)
}

const BY_TYPE: Record<string, (field: Field) => Kind> = {
  boolean: (field) => (field.const === true ? 'promise' : 'yesno'),
  array: (field) => (field.items?.enum ? 'choices' : 'list'),
  number: () => 'number',
  integer: () => 'integer',
}

function kindOfWords(field: Field, name: string): Kind {
  if (field['x-mask'] === 'address') return 'address'
  const isLong = lengthOf(field) >= LONG_FROM
  if (isLong && ADDRESS.test(name)) return 'address'
  return isLong ? 'long' : 'text'
}

function lengthOf(field: Field): number {
  return field.maxLength ?? 0
}

/** A question of the form; throws for a name the form does not have. */
export function fieldOf(schema: FormSchema, name: string): Field {
  const field = schema.properties?.[name]
  if (!field) throw new Error(`no field ${name}`)
  return field
}

/** Whether a question must be answered. A promise always must. */
export function isRequired(schema: FormSchema, name: string): boolean {
  return (schema.required ?? []).includes(name)
}

/** The names of all questions in the order of the groups. */
export function namesOf(schema: FormSchema): string[] {
  return groupsOf(schema).flatMap((group) => group.fields)
}

/** The groups; a form without any is one group. */
export function groupsOf(schema: FormSchema): { title: string; fields: string[] }[] {
  return schema['x-groups'] ?? [{ title: '', fields: Object.keys(schema.properties ?? {}) }]
}

/** The words for a value of a choice. */
export function labelOf(field: Field, value: unknown): string {
  const place = (field.enum ?? []).indexOf(value)
  return field['x-labels']?.[place] ?? String(value ?? '')
}

/** Whether nothing was answered. An explicit "no" is an answer. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
