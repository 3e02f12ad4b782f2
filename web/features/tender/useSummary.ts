import type { SubscriptionShape } from '@suqian/api-client'
import { useI18n } from 'vue-i18n'

import { useWords } from './useWords.ts'
import { tenThousands } from './wishes.ts'

type Wishes = Pick<SubscriptionShape, 'name' | 'keyword' | 'categories' | 'regions' | 'min_fen' | 'max_fen' | 'pace' | 'by_sms' | 'active'>

/** A saved search in words. */
export function useSummary() {
  const { t } = useI18n()
  const { category, region } = useWords()

  function amount({ min_fen: min, max_fen: max }: Wishes): string {
    if (min === null && max === null) return ''
    if (min === null) return t('tender.amount.upTo', { max: tenThousands(max) })
    return max === null ? t('tender.amount.from', { min: tenThousands(min) }) : t('tender.amount.between', { min: tenThousands(min), max: tenThousands(max) })
  }

  function conditions(one: Wishes): string {
    const parts = [one.name ? one.keyword : '', one.categories.map(category).join(t('tender.and')), one.regions.map(region).join(t('tender.and')), amount(one)]
    return parts.filter(Boolean).join(' · ') || t('tender.subscriptions.everything')
  }

  function pace(one: Wishes): string {
    if (!one.active) return t('tender.subscriptions.paused')
    const said = t(one.pace === 'daily' ? 'tender.subscriptions.daily' : 'tender.subscriptions.atOnce')
    return one.by_sms ? `${said} · ${t('tender.subscriptions.bySms')}` : said
  }

  return { title: (one: Wishes) => one.name || one.keyword || t('tender.subscriptions.unnamed'), conditions, pace }
}
