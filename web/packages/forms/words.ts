import { useI18n } from 'vue-i18n'

import type { Fault } from './check.ts'
import { said } from './say.ts'
import type { Field } from './schema.ts'

/** Faults and answers in the language on the screen. */
export function useFormWords() {
  const { t } = useI18n()

  /** What to do about a fault. */
  function ofFault(fault: Fault): string {
    return fault.words ?? t(`forms.faults.${fault.text}`, fault.params ?? {})
  }

  /** An answer as people read it; empty when there is none. */
  function ofAnswer(field: Field, value: unknown, name = ''): string {
    return said(field, value, { yes: t('forms.yes'), no: t('forms.no') }, name)
  }

  return { ofFault, ofAnswer }
}
