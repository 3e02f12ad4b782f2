import { faultsOf, fieldOf, isAsked, meets, pagesOf, plainAnswers, type Answers, type Fault, type FormPage, type FormSchema } from '@suqian/forms'
import type { CaseItem } from '@suqian/api-client'

export type WantedMaterial = CaseItem['materials'][number]
/** A screen of the wizard. */
export type Step =
  | { kind: 'questions'; name: string; page: FormPage }
  | { kind: 'asked'; name: 'asked' }
  | { kind: 'materials'; name: 'materials' }
  | { kind: 'review'; name: 'review' }

/** The screens in their order. Who was asked to add something begins with that. */
export function stepsOf(item: CaseItem, answers: Answers, options: { single: boolean; asked: boolean }): Step[] {
  const pages = pagesOf(item.form_schema as FormSchema, answers, options.single)
  const questions = pages.map((page): Step => ({ kind: 'questions', name: page.names[0] ?? '', page }))
  const review: Step = { kind: 'review', name: 'review' }
  if (options.asked) return [{ kind: 'asked', name: 'asked' }, review, ...questions]
  const materials: Step[] = item.materials.length > 0 ? [{ kind: 'materials', name: 'materials' }] : []
  return [...questions, ...materials, review]
}

/** The screens without the questions that answers given meanwhile make needless; a screen without any left goes. */
export function askedSteps(steps: readonly Step[], schema: FormSchema, answers: Answers): Step[] {
  return steps.flatMap((step): Step[] => {
    if (step.kind !== 'questions') return [step]
    const names = step.page.names.filter((name) => isAsked(fieldOf(schema, name), answers))
    return names.length > 0 ? [{ ...step, name: names[0] ?? '', page: { ...step.page, names } }] : []
  })
}

/** Where the screen with this name stands, or the one that asks this question; the first when there is none. */
export function placeOf(steps: readonly Step[], name: string): number {
  const place = steps.findIndex((step) => step.name === name || (step.kind === 'questions' && step.page.names.includes(name)))
  return Math.max(0, place)
}

/** What is wrong with the answers to some questions, or to all. */
export function faultsIn(schema: FormSchema, answers: Answers, names?: readonly string[]): Fault[] {
  const faults = faultsOf(schema, plainAnswers(schema, answers))
  return names ? faults.filter((fault) => names.includes(fault.name)) : faults
}

/** Whether a document must come with the application as it is answered now. */
export function necessityOf(material: WantedMaterial, answers: Answers): WantedMaterial['necessity'] {
  const condition = material.required_when
  const isAsked = Object.keys(condition).length > 0 && meets(condition, answers)
  return isAsked ? 'required' : material.necessity
}

/** The documents that must come and have not, neither here nor on their way. */
export function missingOf(materials: readonly WantedMaterial[], answers: Answers, there: ReadonlySet<string>): WantedMaterial[] {
  return materials.filter((one) => necessityOf(one, answers) === 'required' && !there.has(one.code))
}

/** The agency's words about one document: those that name it. */
export function askedAbout(material: WantedMaterial, asked: readonly string[]): string[] {
  return asked.filter((words) => words.includes(material.name))
}
