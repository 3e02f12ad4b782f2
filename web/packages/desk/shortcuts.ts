import { onMounted, onUnmounted, shallowRef } from 'vue'

/** Something a key does while its page is open. */
export interface Shortcut {
  /**
   * A key (`n`, `/`, `?`, `Escape`), two after each other (`g o`), or one with Alt (`Alt+Enter`), which works while
   * typing as well.
   */
  keys: string
  /** Key of the text that says what it does. */
  label: string
  run: () => void
}

const SEQUENCE_MS = 1200
const layers = shallowRef<Shortcut[][]>([])
let first = ''
let firstAt = 0
let listening = false

/** The shortcuts that work now, those of the page before those of the frame. */
export function activeShortcuts(): Shortcut[] {
  const seen = new Set<string>()
  return layers.value.flat().filter((one) => !seen.has(one.keys) && seen.add(one.keys))
}

/** Offer shortcuts for as long as the component is on the screen. */
export function useShortcuts(shortcuts: Shortcut[]): void {
  onMounted(() => {
    listen()
    layers.value = [shortcuts, ...layers.value]
  })
  onUnmounted(() => (layers.value = layers.value.filter((layer) => layer !== shortcuts)))
}

function listen(): void {
  if (listening) return
  listening = true
  // First of all, since fields of Element Plus keep what they know for themselves.
  addEventListener('keydown', press, { capture: true })
}

function press(event: KeyboardEvent): void {
  const name = nameOf(event)
  if (!name || event.isComposing || event.repeat) return
  const at = performance.now()
  const sequence = first && at - firstAt < SEQUENCE_MS ? `${first} ${name}` : ''
  const found = activeShortcuts().find(({ keys }) => keys === sequence || keys === name)
  first = name
  firstAt = at
  if (!found) return
  first = ''
  event.preventDefault()
  event.stopPropagation()
  found.run()
}

/** What the key is called; empty for keys that belong to a field or to the browser. */
export function nameOf(event: Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'target'>): string {
  if (event.ctrlKey || event.metaKey) return ''
  if (event.altKey) return `Alt+${event.code.replace(/^(Key|Digit)/, '')}`
  if (document.querySelector('dialog[open]') || isField(event.target)) return ''
  return event.key
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)
}
