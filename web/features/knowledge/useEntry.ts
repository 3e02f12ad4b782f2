import { isProblem, type Entry, type EntryVersion } from '@suqian/api-client'
import { useSession } from '@suqian/session'
import { faceOfError, say, useProblemWords, type Face } from '@suqian/ui'
import { ref, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'

import { changeEntry, readEntry, readUnits, readVersions, reviewed, setState, writeEntry } from './api.ts'
import { draftOf, missingIn, wordingOf, type EntryDraft, type Missing } from './draft.ts'

/** An entry with its wordings, and what its owner does with it; without an id a new one is written. */
export function useEntry(id: () => string) {
  const { t } = useI18n()
  const router = useRouter()
  const session = useSession()
  const problem = useProblemWords()
  const entry = shallowRef<Entry | null>(null)
  const versions = shallowRef<EntryVersion[]>([])
  const owners = shallowRef<{ id: string; name: string }[]>([])
  const face = ref<Face>('loading')
  const draft = ref<EntryDraft | null>(null)
  const missing = ref<Missing[]>([])
  const fault = ref('')
  const busy = ref(false)

  async function load(): Promise<void> {
    try {
      if (id()) [entry.value, versions.value] = await Promise.all([readEntry(id()), readVersions(id())])
      else await begin()
      face.value = 'ready'
    } catch (error) {
      face.value = faceOfError(error)
    }
  }

  /** A unit writes for itself, the hotline for everybody. */
  async function begin(): Promise<void> {
    const mine = (session.profile?.roles ?? []).map((role) => ({ id: role.organisation.id, name: role.organisation.name }))
    const units = await readUnits().catch((error: unknown) => (isProblem(error) ? [] : Promise.reject(error as Error)))
    owners.value = [...new Map([...mine, ...units].map((one) => [one.id, one])).values()]
    draft.value = draftOf(null, owners.value[0]?.id ?? '')
  }

  function edit(): void {
    draft.value = draftOf(entry.value, '')
    missing.value = []
    fault.value = ''
  }

  function leave(): void {
    if (entry.value) draft.value = null
    else void router.replace({ name: 'knowledge' })
  }

  async function send(): Promise<void> {
    if (!draft.value) return
    missing.value = missingIn(draft.value)
    if (missing.value.length) return
    const { owner } = draft.value
    const said = wordingOf(draft.value, entry.value?.topic ?? '')
    await doing(() => (entry.value ? changeEntry(entry.value, said) : writeEntry({ ...said, owner_id: owner })), async (saved) => {
      draft.value = null
      if (id()) await load()
      else await router.replace({ name: 'knowledge-entry', params: { id: saved.id } })
    })
  }

  async function doing(act: () => Promise<Entry>, then: (saved: Entry) => Promise<void> = load): Promise<void> {
    if (busy.value) return
    busy.value = true
    fault.value = ''
    try {
      await then(await act())
      say(t('knowledge.saved'), 'ok')
    } catch (error) {
      fault.value = problem(error)
      if (isProblem(error) && error.status === 412) await load()
    } finally {
      busy.value = false
    }
  }

  const withEntry = (act: (one: Entry) => Promise<Entry>) => () => entry.value && void doing(() => act(entry.value as Entry))
  watch(id, () => {
    entry.value = draft.value = null
    face.value = 'loading'
    void load()
  }, { immediate: true })
  return {
    entry, versions, owners, face, draft, missing, fault, busy, load, edit, leave, send,
    publish: withEntry((one) => setState(one, 'published')), retire: withEntry((one) => setState(one, 'retired')), review: withEntry(reviewed),
  }
}
