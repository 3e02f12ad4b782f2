import { useI18n } from 'vue-i18n'

/** How a state of a text looks: the look of a state that screens know already. */
export function chipOf(state: string): string {
  if (state === 'delivered') return 'archived'
  if (state === 'failed' || state === 'undelivered') return 'denied'
  if (state === 'queued') return 'queued'
  return state === 'accepted' || state === 'sending' || state === 'sent' ? 'accepted' : 'submitted'
}

/** Why a text ended as it did, in words; the plain code where we have none. */
export function useReasons(): (reason: string) => string {
  const { t, te } = useI18n()
  return (reason) => (te(`operations.reasons.${reason}`) ? t(`operations.reasons.${reason}`) : reason)
}
