import { expect, it } from 'vitest'

import { changed, found, type Leaf } from './book.ts'

const row = (id: string, name: string, spoken: string, unit = 'u1'): Leaf => ({ id, name, spoken, unit_id: unit, unit_name: '宿迁市教育局', post: '科长', office_phone: '', short_number: '6123' }) // not a text: cards
const rows = [row('1', '王秀英', 'wangxiuying wxy'), row('2', '赵建国', 'zhaojianguo zjg', 'u2')] // not a text: cards

it('takes in who came, who changed and who left', () => {
  const after = changed(rows, [
    { ...row('1', '王秀英', 'wangxiuying wxy'), post: '副局长', has_left: false }, // not a text: a card
    { ...row('2', '', ''), has_left: true },
    { ...row('3', '陈立', 'chenli cl'), has_left: false }, // not a text: a card
  ])
  expect(after.map((one) => [one.id, one.post])).toEqual([['3', '科长'], ['1', '副局长']]) // not a text: posts
})

it('finds by signs, pinyin, initials and short number', () => {
  const book = { since: 1, scope: 's', at: 0, rows }
  for (const words of ['秀英', 'WXY', 'wangxiu', '教育局 王']) expect(found(book, words, undefined).map((one) => one.id)).toEqual(['1']) // not a text: words to search
  expect(found(book, '6123', undefined)).toHaveLength(2)
  expect(found(book, '', 'u2').map((one) => one.id)).toEqual(['2'])
})
