import type { TextSource } from '@suqian/i18n'

/** The texts of choosing officials. */
export const texts: TextSource = {
  'zh-Hans': () => import('./texts/zh-Hans.json'),
  en: () => import('./texts/en.json'),
}
