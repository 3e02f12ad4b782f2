import { useI18n } from 'vue-i18n'

/** Names of codes that come with the data; a code without a name is shown as nothing. */
export function useWords() {
  const { t, te } = useI18n()
  const named = (key: string) => (te(key) || te(key, 'zh-Hans') ? t(key) : '')
  return {
    category: (code: string) => named(`tender.categories.${code}`),
    region: (code: string) => named(`tender.regions.${code.slice(0, 6)}`),
    method: (code: string) => named(`tender.methods.${code}`),
    law: (code: string) => named(`tender.laws.${code}`),
    paper: (code: string) => named(`tender.papers.${code}`),
    item: (code: string) => named(`tender.content.${code}`),
  }
}
