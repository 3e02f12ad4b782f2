import { format, validate, type OutputUnit } from '@cfworker/json-schema'

import { isCreditCode, isDay, isIdNumber, isMobile } from './numbers.ts'
import { namesOf, type Answers, type Field, type FormSchema } from './schema.ts'

/** What is wrong with one answer. `text` is a key below `forms.faults`, with its params, or words of the server. */
export interface Fault {
  name: string
  text: string
  params?: Record<string, unknown>
  /** Words that stand for themselves; they come from the server. */
  words?: string
}

Object.assign(format, {
  'id-card': (value: string) => isIdNumber(value.toUpperCase()),
  'credit-code': isCreditCode,
  'cn-mobile': isMobile,
  date: isDay,
})

const PLAIN = new Set(['enum', 'const', 'type', 'pattern', 'uniqueItems'])
const LIMITED = new Set([
  'minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'minItems', 'maxItems',
])
const MISSING = new Set(['required', 'dependentRequired'])
const CARRIERS = new Set(['properties', 'items', 'if', 'then', 'else', 'allOf', 'anyOf', 'oneOf', 'prefixItems'])

/** What is wrong with the answers, one fault a question, in the order of the form; empty when it may be handed in. */
export function faultsOf(schema: FormSchema, answers: Answers): Fault[] {
  const { errors } = validate(given(answers), schema, '2020-12', undefined, false)
  const found = new Map<string, Fault>()
  for (const unit of errors) {
    const fault = faultOf(schema, unit)
    if (fault && (!found.has(fault.name) || unit.keyword === 'format')) found.set(fault.name, fault)
  }
  const order = namesOf(schema)
  return [...found.values()].sort((one, other) => order.indexOf(one.name) - order.indexOf(other.name))
}

/** Whether a question is put to somebody with these answers. */
export function isAsked(field: Field, answers: Answers): boolean {
  const condition = field['x-when']
  return condition === undefined || meets(condition, answers)
}

/** Whether answers meet a condition of the catalogue, such as the one under which a document becomes necessary. */
export function meets(condition: Record<string, unknown>, answers: Answers): boolean {
  return validate(given(answers), condition, '2020-12').valid
}

/** The server's faults of a form as ours. */
export function serverFaults(faults: readonly { pointer: string; detail: string }[]): Fault[] {
  return faults
    .filter((fault) => fault.pointer.startsWith('/form/'))
    .map((fault) => ({ name: unescaped(fault.pointer.split('/')[2] ?? ''), text: 'server', words: fault.detail }))
}

function given(answers: Answers): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined))
}

function faultOf(schema: FormSchema, unit: OutputUnit): Fault | null {
  if (CARRIERS.has(unit.keyword)) return null
  if (MISSING.has(unit.keyword)) return missing(schema, unit)
  const name = topOf(unit.instanceLocation)
  if (!name) return null
  if (LIMITED.has(unit.keyword)) return { name, text: unit.keyword, params: { limit: valueAt(schema, unit) } }
  return { name, text: unit.keyword === 'format' ? `format.${formatOf(schema, unit)}` : plainWord(unit.keyword) }
}

function missing(schema: FormSchema, unit: OutputUnit): Fault {
  const name = topOf(unit.instanceLocation) || (/property "(.*)"\.$/.exec(unit.error)?.[1] ?? '')
  const field = schema.properties?.[name]
  if (field?.const !== undefined) return { name, text: 'const' }
  return { name, text: 'required', params: { title: field?.title ?? name } }
}

function plainWord(keyword: string): string {
  return PLAIN.has(keyword) ? keyword : 'other'
}

const FORMATS = new Set(['id-card', 'credit-code', 'cn-mobile', 'date', 'email'])

function formatOf(schema: FormSchema, unit: OutputUnit): string {
  const name = String(valueAt(schema, unit))
  return FORMATS.has(name) ? name : 'other'
}

function topOf(location: string): string {
  return unescaped(location.replace(/^#\/?/, '').split('/')[0] ?? '')
}

function valueAt(schema: FormSchema, unit: OutputUnit): unknown {
  const steps = unit.keywordLocation.replace(/^#\/?/, '').split('/').map(unescaped)
  return steps.reduce<unknown>((node, step) => (node as Record<string, unknown> | undefined)?.[step], schema)
}

function unescaped(step: string): string {
  return decodeURIComponent(step).replace(/~1/g, '/').replace(/~0/g, '~')
}
