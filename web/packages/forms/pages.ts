import { fieldOf, groupsOf, isBlank, kindOf, type Answers, type FormSchema, type Kind } from './schema.ts'

/** A screen of the wizard. */
export interface FormPage {
  /** Title of the group it belongs to. */
  title: string
  names: string[]
  /** Whether it only shows what is known already and asks whether it is right. */
  known: boolean
}

const OWN_PAGE = new Set<Kind>(['long', 'choices', 'list', 'yesno'])
const MOST_TOGETHER = 3
const MOST_CHOICES_TOGETHER = 3

/**
 * The screens of a form: what is known already on one, then the questions of each group a few at a time where they are
 * short, alone where they need thought; `single` puts each alone. Promises belong to the last look before handing in.
 */
export function pagesOf(schema: FormSchema, answers: Answers, single = false): FormPage[] {
  const pages: FormPage[] = []
  for (const group of groupsOf(schema)) {
    const asked = group.fields.filter((name) => kindOf(fieldOf(schema, name), name) !== 'promise')
    const known = asked.filter((name) => isKnown(schema, answers, name))
    if (known.length > 0) pages.push({ title: group.title, names: known, known: true })
    let open: FormPage | null = null
    for (const name of asked.filter((one) => !known.includes(one))) {
      if (single || standsAlone(schema, name)) {
        pages.push({ title: group.title, names: [name], known: false })
        open = null
      } else if (open && open.names.length < MOST_TOGETHER) {
        open.names.push(name)
      } else {
        open = { title: group.title, names: [name], known: false }
        pages.push(open)
      }
    }
  }
  return pages
}

/** The promises one makes when handing in. */
export function promisesOf(schema: FormSchema): string[] {
  return groupsOf(schema)
    .flatMap((group) => group.fields)
    .filter((name) => kindOf(fieldOf(schema, name), name) === 'promise')
}

function isKnown(schema: FormSchema, answers: Answers, name: string): boolean {
  return Boolean(fieldOf(schema, name)['x-prefill']) && !isBlank(answers[name])
}

function standsAlone(schema: FormSchema, name: string): boolean {
  const field = fieldOf(schema, name)
  const kind = kindOf(field, name)
  return OWN_PAGE.has(kind) || (kind === 'choice' && (field.enum?.length ?? 0) > MOST_CHOICES_TOGETHER)
}
