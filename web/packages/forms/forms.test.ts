import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import { faultsOf, meets, serverFaults } from './check.ts'
import { halfWidth, plainAnswers, plainCode, plainDay, plainMobile, plainNumber, plainText } from './normalise.ts'
import { isCreditCode, isDay, isIdNumber } from './numbers.ts'
import { pagesOf, promisesOf } from './pages.ts'
import { said } from './say.ts'
import { kindOf, type Field, type FormSchema } from './schema.ts'

const COMMON = new URL('../../../backend/powers/data/common.json', import.meta.url)
const fields = (JSON.parse(readFileSync(COMMON, 'utf8')) as { fields: Record<string, Field> }).fields

/** A form made of fields that the real catalogue uses. */
const schema: FormSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    name: fields.person_name!,
    id_number: fields.id_number!,
    mobile: fields.mobile!,
    premises: fields.premises!,
    area: { type: 'number', title: '面积', exclusiveMinimum: 0, maximum: 1000 },
    staff: { type: 'integer', title: '人数', minimum: 1 },
    start_on: { type: 'string', format: 'date', title: '开工日期', maxLength: 10 },
    items: {
      type: 'array', title: '经营项目', minItems: 1, maxItems: 2, uniqueItems: true,
      items: { type: 'string', enum: ['hot', 'cold'], 'x-labels': ['热食类制售', '冷食类制售'] },
    },
    delivery: fields.delivery!,
    by_agent: fields.by_agent!,
    declaration: fields.declaration!,
  },
  required: ['name', 'id_number', 'mobile', 'premises', 'area', 'items', 'delivery', 'declaration'],
  'x-groups': [
    { title: '申请人', fields: ['name', 'id_number', 'mobile', 'premises'] },
    { title: '内容', fields: ['area', 'staff', 'start_on', 'items'] },
    { title: '承诺', fields: ['delivery', 'by_agent', 'declaration'] },
  ],
}
const good = {
  name: '王小明', id_number: '11010519491231002X', mobile: '13805270001', premises: '宿城区幸福路1号', area: 12.5,
  items: ['hot'], delivery: 'mail', declaration: true,
}

describe('what people type', () => {
  it('folds full-width signs of codes and numbers', () => {
    expect(halfWidth('ＡＢ１２　３')).toBe('AB12 3')
    expect(plainCode('１１０１０５ 19491231-002ｘ')).toBe('11010519491231002X')
    expect(plainMobile('+86 138-0527-0001')).toBe('13805270001')
    expect(plainMobile('8613805270001')).toBe('13805270001')
    expect(plainNumber('１，２００．５')).toBe(1200.5)
    expect(plainNumber('十二')).toBeNull()
  })

  it('keeps Chinese punctuation in words', () => {
    expect(plainText('　幸福路１２号，Ａ座（东侧） ')).toBe('幸福路12号，A座（东侧）')
  })

  it('understands days in the ways people write them', () => {
    const written = ['2026年3月1日', '2026/3/1', '2026.03.01', '20260301', '２０２６－３－１']
    expect(written.map(plainDay)).toEqual(Array(5).fill('2026-03-01'))
    expect(plainDay('明天')).toBe('明天')
  })

  it('writes a number of an account as its pattern has it, and leaves alone what fits neither way', () => {
    const account: FormSchema = { properties: { account: { type: 'string', pattern: '^[0-9]{10,30}$' } } }
    expect(plainAnswers(account, { account: '\uff16217 0012-3456 7890' })).toEqual({ account: '6217001234567890' })
    expect(plainAnswers(account, { account: '6217 x' })).toEqual({ account: '6217 x' })
  })

  it('forgets answers to questions that are not put any more', () => {
    const when = { properties: { by_agent: { const: true } }, required: ['by_agent'] }
    const form: FormSchema = { properties: { by_agent: { type: 'boolean' }, agent: { type: 'string', 'x-when': when } } }
    expect(plainAnswers(form, { by_agent: true, agent: 'Li' })).toEqual({ by_agent: true, agent: 'Li' })
    expect(plainAnswers(form, { by_agent: false, agent: 'Li' })).toEqual({ by_agent: false })
  })

  it('leaves out what was left empty and turns numbers into numbers', () => {
    const typed = { name: ' 王小明 ', area: '１２．５', staff: '', items: [], by_agent: false, start_on: null }
    expect(plainAnswers(schema, typed)).toEqual({ name: '王小明', area: 12.5, by_agent: false })
  })
})

describe('what is wrong', () => {
  it('finds nothing in a good form', () => {
    expect(faultsOf(schema, good)).toEqual([])
  })

  it('names each fault once, in the order of the form, in words with their limits', () => {
    const faults = faultsOf(schema, {
      ...good, id_number: '110105194912310021', mobile: '1380527', area: 0, items: ['hot', 'cold', 'hot'], declaration: false,
    })
    expect(faults.map((fault) => [fault.name, fault.text])).toEqual([
      ['id_number', 'format.id-card'],
      ['mobile', 'format.cn-mobile'],
      ['area', 'exclusiveMinimum'],
      ['items', 'maxItems'],
      ['declaration', 'const'],
    ])
    expect(faults[2]?.params).toEqual({ limit: 0 })
  })

  it('asks for what is missing by its title', () => {
    expect(faultsOf(schema, { ...good, premises: undefined })).toEqual([
      { name: 'premises', text: 'required', params: { title: '经营场所地址' } },
    ])
  })

  it('knows an entry of a list by its question', () => {
    expect(faultsOf(schema, { ...good, items: ['warm'] })).toEqual([{ name: 'items', text: 'enum' }])
  })

  it('asks for a promise to be made, not for something to be filled in', () => {
    expect(faultsOf(schema, { ...good, declaration: undefined })).toEqual([{ name: 'declaration', text: 'const' }])
  })

  it('takes the faults of the server for its own', () => {
    const faults = serverFaults([{ pointer: '/form/area', detail: '应大于0' }, { pointer: '/materials/photo', detail: '' }])
    expect(faults).toEqual([{ name: 'area', text: 'server', words: '应大于0' }])
  })

  it('tells when a document becomes necessary', () => {
    const condition = { type: 'object', properties: { by_agent: { const: true } }, required: ['by_agent'] }
    expect([meets(condition, { by_agent: true }), meets(condition, { by_agent: false }), meets(condition, {})]).toEqual([
      true, false, false,
    ])
  })

  it('checks the check characters and the calendar', () => {
    expect([isIdNumber('11010519491231002X'), isIdNumber('11010519490231002X')]).toEqual([true, false])
    expect([isCreditCode('91350100M000100Y43'), isCreditCode('91350100M000100Y44')]).toEqual([true, false])
    expect([isDay('2028-02-29'), isDay('2026-02-29')]).toEqual([true, false])
  })
})

describe('the screens', () => {
  it('shows what is known on one, asks short questions together and weighty ones alone', () => {
    const pages = pagesOf(schema, { name: '王小明', mobile: '13805270001' })
    expect(pages.map((page) => [page.known, ...page.names])).toEqual([
      [true, 'name', 'mobile'],
      [false, 'id_number', 'premises'],
      [false, 'area', 'staff', 'start_on'],
      [false, 'items'],
      [false, 'delivery'],
      [false, 'by_agent'],
    ])
    expect(promisesOf(schema)).toEqual(['declaration'])
  })

  it('asks one thing at a time where that is wanted', () => {
    expect(pagesOf(schema, {}, true).every((page) => page.names.length === 1)).toBe(true)
  })

  it('knows each kind of question of the catalogue', () => {
    const kinds = Object.entries(fields).map(([name, field]) => [name, kindOf(field, name)])
    expect(Object.fromEntries(kinds)).toEqual({
      person_name: 'text', id_number: 'id', mobile: 'mobile', home_address: 'address', company_name: 'text',
      credit_code: 'credit', representative: 'text', contact_name: 'text', premises: 'address', delivery: 'choice',
      by_agent: 'yesno', declaration: 'promise', remark: 'long',
    })
  })

  it('says answers in words', () => {
    const words = { yes: '是', no: '否' }
    expect(said(fields.delivery!, 'mail', words)).toBe('邮寄到家')
    expect(said(schema.properties!.items!, ['hot', 'cold'], words)).toBe('热食类制售、冷食类制售')
    expect(said(fields.by_agent!, false, words)).toBe('否')
    expect(said(fields.mobile!, '13805270001', words)).toBe('138 0527 0001')
    expect(said(schema.properties!.area!, undefined, words)).toBe('')
  })
})
