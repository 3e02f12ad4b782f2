import type { CaseItem } from '@suqian/api-client'
import { describe, expect, it } from 'vitest'

import { askedAbout, missingOf, necessityOf, placeOf, stepsOf } from './steps.ts'

function material(code: string, necessity: 'required' | 'optional' | 'deferrable', when = {}): CaseItem['materials'][number] {
  return { code, name: code, necessity, accepts: ['image/jpeg'], max_files: 1, max_bytes: 1, hint: '', required_when: when }
}
const byAgent = { type: 'object', properties: { by_agent: { const: true } }, required: ['by_agent'] }
const item: CaseItem = {
  power_id: 'p', version_id: 'v', version: 1, name: '',
  form_schema: {
    type: 'object',
    additionalProperties: false,
    properties: {
      name: { type: 'string', title: 'name', maxLength: 50, 'x-prefill': 'identity.name' },
      by_agent: { type: 'boolean', title: 'agent' },
      declaration: { type: 'boolean', const: true, title: 'promise' },
    },
    required: ['name', 'declaration'],
    'x-groups': [{ title: 'all', fields: ['name', 'by_agent', 'declaration'] }],
  },
  materials: [material('id', 'required'), material('letter', 'optional', byAgent), material('later', 'deferrable')],
}

describe('the screens of an application', () => {
  it('are questions, documents and a last look', () => {
    const steps = stepsOf(item, { name: 'Wang' }, { single: false, asked: false })
    expect(steps.map((step) => step.name)).toEqual(['name', 'by_agent', 'materials', 'review'])
    expect([placeOf(steps, 'by_agent'), placeOf(steps, 'review'), placeOf(steps, 'gone')]).toEqual([1, 3, 0])
  })

  it('begin with what the agency asked for, the questions standing by', () => {
    const steps = stepsOf(item, {}, { single: false, asked: true })
    expect(steps.map((step) => step.name)).toEqual(['asked', 'review', 'name', 'by_agent'])
  })
})

describe('documents', () => {
  it('become necessary by an answer', () => {
    const [id, letter, later] = item.materials
    expect([necessityOf(id!, {}), necessityOf(letter!, {}), necessityOf(letter!, { by_agent: true })]).toEqual([
      'required', 'optional', 'required',
    ])
    expect(missingOf(item.materials, { by_agent: true }, new Set(['id']))).toEqual([letter])
    expect(necessityOf(later!, {})).toBe('deferrable')
  })

  it('have a problem when the agency names them', () => {
    expect(askedAbout(item.materials[0]!, ['the id is blurred', 'a licence'])).toEqual(['the id is blurred'])
  })
})
