import { answer, type CaseItem } from '@suqian/api-client'
import { plainAnswers, type FormSchema } from '@suqian/forms'
import { privately, readThrough, useOutbox, type Draft, type Entry } from '@suqian/offline'
import { useApi, useSession } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'

import { FILE, SAVE, SUBMIT, type SavePayload } from './filing.ts'
import { useHeld } from './held.ts'
import { openDraft } from './openDraft.ts'

const REST_MS = 1200

/** An application on this device: its answers kept at once, saved with the server a moment later, its files, its sending. */
export function useDraft(id: () => string) {
  const api = useApi()
  const session = useSession()
  const outbox = useOutbox()
  const face = ref<Face>('loading')
  const { draft, change, refresh } = useHeld()
  const item = shallowRef<CaseItem | null>(null)
  /** It was handed in already, here or elsewhere. */
  const isOver = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  const entries = computed<Entry[]>(() => (draft.value ? outbox.of(draft.value.id) : []))
  const files = computed(() => entries.value.filter((entry) => entry.kind === FILE))
  const submission = computed(() => entries.value.filter((entry) => entry.kind === SUBMIT).at(-1) ?? null)
  const schema = computed(() => (item.value?.form_schema ?? {}) as FormSchema)

  watch(id, () => void load(), { immediate: true })
  watch(entries, () => void refresh())
  onScopeDispose(() => void save())

  async function load(): Promise<void> {
    face.value = 'loading'
    try {
      draft.value = await openDraft(session.profile?.id ?? '', id())
      isOver.value = draft.value === null
      if (!draft.value) return
      item.value = await itemOf(draft.value)
      face.value = 'ready'
    } catch (error) {
      face.value = faceOfError(error)
    }
  }

  async function itemOf({ caseId, powerId, person }: Draft): Promise<CaseItem> {
    const key = privately(person, `item/${powerId}`)
    const ofCase = () => answer(api.GET('/api/v1/cases/{case_id}/item', { params: { path: { case_id: caseId } } }))
    const kept = await readThrough(key, caseId ? ofCase : () => itemOfPower(powerId))
    return kept.value
  }

  async function itemOfPower(powerId: string): Promise<CaseItem> {
    const read = () => answer(api.GET('/api/v1/powers/{power_id}', { params: { path: { power_id: powerId } } }))
    const { value } = await readThrough(`power/${powerId}`, read)
    const { version_id, version, name, form_schema, materials } = value
    return { power_id: powerId, version_id, version, name, form_schema, materials }
  }

  /** Keep an answer here and now; the server hears of it when typing rests. */
  function answerTo(name: string, value: unknown): void {
    if (!draft.value) return
    void change(({ form }) => ({ form: { ...form, [name]: value } }))
    clearTimeout(timer)
    timer = setTimeout(() => void save(), REST_MS)
  }

  /** Keep where one is. */
  function at(step: string): void {
    if (draft.value && draft.value.step !== step) void change(() => ({ step }))
  }

  /** Have the answers saved with the server. */
  async function save(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (!draft.value || !item.value || isOver.value || submission.value) return
    const form = plainAnswers(schema.value, draft.value.form)
    if (JSON.stringify(form) === JSON.stringify(draft.value.base)) return
    await outbox.add({ subject: draft.value.id, kind: SAVE, payload: { form } satisfies SavePayload, replaces: true })
  }

  return { draft, item, schema, face, isOver, entries, files, submission, load, answerTo, at, save, refresh }
}
