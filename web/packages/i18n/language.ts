import { createI18n } from 'vue-i18n'

/** The languages of the contract, the first one being the one everything is written in. */
export const LANGUAGES = ['zh-Hans', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
export type Texts = { [key: string]: string | Texts }
type Loader = () => Promise<{ default: Texts }>
/** Where the texts of one area are, by language. */
export type TextSource = Record<Language, Loader>

const KEPT = 'language'
const loaded = new Set<Language>()
let loaders: TextSource | null = null

const i18n = createI18n({
  legacy: false,
  locale: 'zh-Hans',
  fallbackLocale: 'zh-Hans',
  fallbackWarn: false,
  missingWarn: true,
  messages: {} as Record<Language, Texts>,
})

/** Make the texts of an app ready in the language of the person: chosen before, else the browser's. */
export async function createTexts(sources: TextSource): Promise<typeof i18n> {
  loaders = sources
  await setLanguage(kept() ?? browserLanguage(), { keep: false })
  return i18n
}

/** The texts of many areas as one source; areas differ in their top-level key. */
export function joinTexts(sources: readonly TextSource[]): TextSource {
  const joined = (language: Language) => async () => {
    const parts = await Promise.all(sources.map((source) => source[language]()))
    return { default: Object.assign({}, ...parts.map((part) => part.default)) as Texts }
  }
  return { 'zh-Hans': joined('zh-Hans'), en: joined('en') }
}

/** The language on the screen now. */
export function currentLanguage(): Language {
  return i18n.global.locale.value as Language
}

/** Speak another language from now on; its texts are fetched when needed. */
export async function setLanguage(language: Language, { keep = true } = {}): Promise<void> {
  if (!loaded.has(language) && loaders) {
    const texts = await loaders[language]()
    i18n.global.setLocaleMessage(language, texts.default as never)
    loaded.add(language)
  }
  i18n.global.locale.value = language
  document.documentElement.lang = language
  if (keep) localStorage.setItem(KEPT, language)
}

/** Take over the language of the person's account, unless one was chosen on this device. */
export async function adoptLanguage(language: Language): Promise<void> {
  if (kept() === null && language !== currentLanguage()) await setLanguage(language, { keep: false })
}

function kept(): Language | null {
  const language = localStorage.getItem(KEPT)
  return LANGUAGES.find((known) => known === language) ?? null
}

function browserLanguage(): Language {
  const first = navigator.languages.find((tag) => /^(zh|en)\b/i.test(tag)) ?? 'zh-Hans'
  return first.toLowerCase().startsWith('en') ? 'en' : 'zh-Hans'
}
