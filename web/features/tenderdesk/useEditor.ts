import { ApiProblem, type TenderNoticeShape } from '@suqian/api-client'
import { useProblemWords } from '@suqian/ui'
import { reactive, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'

import { changeNotice, discardNotice, draftNotice, moveNotice, readNotice } from './api.ts'
import { contentOf, draftOf, missing } from './draft.ts'
import type { Kind } from './items.ts'

/** Writing a notice: kept as a draft, handed to a second person, or thrown away. */
export function useEditor(project: string, kind: Kind, sections: readonly string[], notice: TenderNoticeShape | null) {
  const { t } = useI18n()
  const words = useProblemWords()
  const draft = reactive(draftOf(kind, notice?.content ?? {}))
  const title = ref(notice?.title ?? '')
  const about = ref([...(notice?.section_ids ?? sections)])
  const current = shallowRef(notice)
  const faults = ref<Record<string, string>>({})
  const fault = ref('')
  const busy = ref(false)

  async function run<Result>(act: () => Promise<Result>): Promise<Result | null> {
    if (busy.value) return null
    busy.value = true
    fault.value = ''
    faults.value = {}
    try {
      return await act()
    } catch (error) {
      fault.value = words(error)
      if (error instanceof ApiProblem) faults.value = Object.fromEntries(error.faults.map((one) => [one.pointer.split('/').at(-1) ?? '', one.detail]))
      return null
    } finally {
      busy.value = false
    }
  }

  async function keep(): Promise<TenderNoticeShape> {
    const content = contentOf(kind, draft)
    current.value = current.value
      ? await changeNotice(current.value, title.value.trim(), content)
      : await draftNotice(project, { kind, section_ids: about.value, title: title.value.trim(), content })
    title.value = current.value.title
    return current.value
  }

  const save = () => run(keep)

  async function submit(): Promise<TenderNoticeShape | null> {
    const open = missing(kind, draft)
    if (open.length > 0) {
      faults.value = Object.fromEntries(open.map((name) => [name, t('tenderdesk.empty')]))
      fault.value = t('tenderdesk.write.incomplete', { count: open.length })
      return null
    }
    return run(async () => moveNotice(await keep(), 'submit'))
  }

  const discard = () => run(async () => (current.value ? (await discardNotice(current.value), true) : true))

  /** Read the files and the version anew; what is in the fields stays. */
  async function refresh(): Promise<void> {
    if (current.value) current.value = await readNotice(current.value.id)
  }

  return { draft, title, about, current, faults, fault, busy, save, submit, discard, refresh }
}
