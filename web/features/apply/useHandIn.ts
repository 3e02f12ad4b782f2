import type { Fault } from '@suqian/forms'
import { useOutbox } from '@suqian/offline'
import { computed, ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'

import { SUBMIT, type FilePayload } from './filing.ts'
import { faultsIn, missingOf } from './steps.ts'
import type { useDraft } from './useDraft.ts'

/** The last look before handing in: what is still wrong or missing, and the handing in itself. */
export function useHandIn({ draft, item, schema, files, save }: ReturnType<typeof useDraft>, faults: Ref<Fault[]>) {
  const { t } = useI18n()
  const outbox = useOutbox()
  const isTried = ref(false)

  const stuck = computed(() => files.value.filter((entry) => entry.state === 'failed'))
  const there = computed(() => {
    const moving = files.value.map((entry) => (entry.payload as FilePayload | null)?.material ?? '')
    return new Set([...(draft.value?.files ?? []).map((file) => file.material), ...moving])
  })
  const missing = computed(() => missingOf(item.value?.materials ?? [], draft.value?.form ?? {}, there.value))
  /** What keeps it from being handed in, in words; empty before the first try. */
  const trouble = computed(() => {
    if (!isTried.value) return ''
    if (faults.value.length > 0) return t('apply.review.faults', { count: faults.value.length }, faults.value.length)
    if (missing.value.length > 0) return t('apply.review.missing', { names: missing.value.map((one) => one.name).join(t('apply.and')) })
    return stuck.value.length > 0 ? t('apply.review.stuck') : ''
  })

  /** Hand in. Returns the first question that is wrong, empty when nothing is. */
  async function handIn(): Promise<string> {
    if (!draft.value) return ''
    isTried.value = true
    faults.value = faultsIn(schema.value, draft.value.form)
    if (trouble.value) {
      scrollTo({ top: 0 })
      return faults.value[0]?.name ?? ''
    }
    await save()
    await outbox.add({ subject: draft.value.id, kind: SUBMIT, payload: null, replaces: true })
    return ''
  }

  return { missing, trouble, handIn }
}
