import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { nameOf } from './shortcuts.ts'

class Field {
  isContentEditable = false
  tagName: string
  constructor(tagName: string) {
    this.tagName = tagName
  }
}
const key = (change: Partial<KeyboardEvent>) => nameOf({ key: 'd', code: 'KeyD', altKey: false, ctrlKey: false, metaKey: false, target: null, ...change })

describe('what a key is called', () => {
  beforeEach(() => {
    vi.stubGlobal('HTMLElement', Field)
    vi.stubGlobal('document', { querySelector: () => null })
  })
  afterEach(() => vi.unstubAllGlobals())

  it('leaves letters to fields, and everything with Ctrl to the browser', () => {
    expect(key({})).toBe('d')
    expect(key({ target: new Field('TEXTAREA') as unknown as EventTarget })).toBe('')
    expect(key({ target: new Field('A') as unknown as EventTarget })).toBe('d')
    expect(key({ ctrlKey: true })).toBe('')
  })

  it('hears Alt while somebody types, by the place of the key, whatever sign it gives', () => {
    const target = new Field('TEXTAREA') as unknown as EventTarget
    expect(key({ altKey: true, key: '∂', target })).toBe('Alt+D')
    expect(key({ altKey: true, key: 'Enter', code: 'Enter', target })).toBe('Alt+Enter')
    expect(key({ altKey: true, key: '1', code: 'Digit1', target })).toBe('Alt+1')
  })

  it('is silent under a dialog', () => {
    vi.stubGlobal('document', { querySelector: () => ({}) })
    expect(key({ key: '?' })).toBe('')
  })
})
