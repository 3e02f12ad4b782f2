/** Languages: which one is spoken, its texts, and how it says numbers, dates and days. */
export {
  LANGUAGES,
  adoptLanguage,
  createTexts,
  currentLanguage,
  joinTexts,
  setLanguage,
  type Language,
  type Texts,
  type TextSource,
} from './language.ts'
export { dayOf, daysBetween, exactDay, exactTime, fileSize, friendlyDay, friendlyTime, money, phoneWords, today } from './format.ts'
