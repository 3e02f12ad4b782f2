import type { TextSource } from '@suqian/i18n'

/** The texts of asking for a code and typing it in. */
export const texts: TextSource = {
  'zh-Hans': () => import('./texts/zh-Hans.json'),
  en: () => import('./texts/en.json'),
}
