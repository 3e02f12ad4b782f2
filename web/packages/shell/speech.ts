import { currentLanguage } from '@suqian/i18n'
import { ref } from 'vue'

/** Whether the page is being read aloud. */
export const isSpeaking = ref(false)
export const canSpeak = 'speechSynthesis' in globalThis
const SENTENCES = /[^。！？；.!?\n]+[。！？；.!?]?/gu // not a text: ends of sentences

/** Read the page aloud from its heading on; called again, stop. */
export function toggleSpeech(): void {
  if (isSpeaking.value) return stopSpeech()
  const page = document.querySelector<HTMLElement>('#content')
  const sentences = page?.innerText.match(SENTENCES)?.map((part) => part.trim()).filter(Boolean) ?? []
  if (sentences.length === 0) return
  isSpeaking.value = true
  speechSynthesis.cancel()
  sentences.forEach((sentence, index) => speechSynthesis.speak(utterance(sentence, index === sentences.length - 1)))
}

/** Be silent. */
export function stopSpeech(): void {
  isSpeaking.value = false
  if (canSpeak) speechSynthesis.cancel()
}

function utterance(sentence: string, isLast: boolean): SpeechSynthesisUtterance {
  const spoken = new SpeechSynthesisUtterance(sentence)
  spoken.lang = currentLanguage() === 'en' ? 'en-GB' : 'zh-CN'
  spoken.rate = 0.9
  if (isLast) spoken.onend = () => (isSpeaking.value = false)
  spoken.onerror = stopSpeech
  return spoken
}
