import type { PowerSummary } from '@suqian/api-client'
import { useI18n } from 'vue-i18n'

type Limits = Pick<PowerSummary, 'project_type' | 'promised_limit' | 'promised_unit' | 'legal_limit' | 'legal_unit'>
type Names = Pick<PowerSummary, 'name' | 'name_en'>

/** The catalogue in people's words. */
export function usePowerWords() {
  const { t, locale } = useI18n()

  /** What an item is called in the language on the screen. */
  function name(power: Names): string {
    return locale.value === 'en' && power.name_en ? power.name_en : power.name
  }

  /** How long it takes, as promised. */
  function howLong(power: Limits): string {
    if (power.project_type === 'immediate' || power.promised_limit === 0) return t('catalogue.limits.atOnce')
    if (power.promised_limit === null) return t('catalogue.limits.unknown')
    return t('catalogue.limits.promised', { days: days(power.promised_limit, power.promised_unit) })
  }

  /** How long it may take by law; empty when the catalogue does not say. */
  function byLaw(power: Limits): string {
    return power.legal_limit ? days(power.legal_limit, power.legal_unit) : ''
  }

  function days(count: number, unit: string): string {
    return t(unit === 'cd' ? 'catalogue.limits.cd' : 'catalogue.limits.wd', { count }, count)
  }

  /** How often one has to come. */
  function visits(count: number): string {
    return count === 0 ? t('catalogue.visits.none') : t('catalogue.visits.some', { count }, count)
  }

  return { name, howLong, byLaw, visits }
}
