import { daysBetween } from '@suqian/i18n'

export const PAPERS = ['business_licence', 'qualification', 'safety_permit', 'personnel', 'performance', 'credit'] as const
export type Paper = (typeof PAPERS)[number]
const SOON_DAYS = 30

/** How a paper stands on a day: no end, good, ending soon, over. */
export function standingOf(expiresOn: string | null, today: string): 'lasting' | 'good' | 'soon' | 'over' {
  if (!expiresOn) return 'lasting'
  const left = daysBetween(today, expiresOn)
  if (left < 0) return 'over'
  return left <= SOON_DAYS ? 'soon' : 'good'
}

/** Yuan as people write them, in fen; null for what is no amount. */
export function fenOfYuan(text: string): number | null {
  const plain = text.replaceAll(/[,，\s]/g, '') // not a text: separators people type
  if (!/^\d{1,13}(\.\d{1,2})?$/.test(plain)) return null
  const [yuan = '0', rest = ''] = plain.split('.')
  return Number(yuan) * 100 + Number(rest.padEnd(2, '0'))
}
