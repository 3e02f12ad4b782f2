import { ref } from 'vue'

import type { Tone } from './states.ts'

export interface Toast {
  id: number
  text: string
  tone: Tone
}
const SHOWN_MS = 5000

/** What is being said now. */
export const toasts = ref<Toast[]>([])
let last = 0

/** Say something in passing; screen readers hear it too. Errors that need an answer belong on the page instead. */
export function say(text: string, tone: Tone = 'calm'): void {
  const id = ++last
  toasts.value = [...toasts.value.filter((toast) => toast.text !== text), { id, text, tone }].slice(-2)
  setTimeout(() => (toasts.value = toasts.value.filter((toast) => toast.id !== id)), SHOWN_MS)
}
