import { expect, it } from 'vitest'

import { grown, pathOf, pointAt, together, type Stroke } from './layers.ts'

const box = { left: 10, top: 20, width: 200, height: 400 }

it('keeps a finger inside of the page', () => {
  expect(pointAt({ clientX: 110, clientY: 220 }, box)).toEqual([0.5, 0.5])
  expect(pointAt({ clientX: 0, clientY: 900 }, box)).toEqual([0, 1])
})

it('leaves out points that nobody could tell apart', () => {
  const stroke = grown(grown([[0.1, 0.1]], [0.1001, 0.1]), [0.2, 0.1])
  expect(stroke).toEqual([[0.1, 0.1], [0.2, 0.1]])
})

it('draws a line, and a tap as a dot', () => {
  expect(pathOf([[0, 0], [0.5, 1]])).toBe('M0 0L0.5 1')
  expect(pathOf([[0.2, 0.3]])).toBe('M0.2 0.3l0.0001 0')
  expect(pathOf([])).toBe('')
})

it('puts together what two devices wrote, and brings back nothing that one erased', () => {
  const [first, second, third]: Stroke[] = [[[0, 0]], [[0.1, 0.1]], [[0.2, 0.2]]]
  const base = { strokes: [first!], words: '阅' }
  const both = together(base, { strokes: [second!], words: '阅。同意' }, { strokes: [first!, third!], words: '阅' })
  expect(both).toEqual({ strokes: [third, second], words: '阅。同意' })
})

it('keeps the words of both devices when both changed', () => {
  const wordsOf = (base: string, mine: string, theirs: string) => together({ strokes: [], words: base }, { strokes: [], words: mine }, { strokes: [], words: theirs }).words
  expect(wordsOf('', '同意', '请办公室阅')).toBe('请办公室阅\n同意')
  expect(wordsOf('阅', '阅', '')).toBe('')
  expect(wordsOf('阅', '阅办', '')).toBe('阅办')
})
