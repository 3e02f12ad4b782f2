import { ApiProblem, Unreachable, isProblem, type CaseFile, type Task, type Wording } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { useSession } from '@suqian/session'
import { faceOfError, type Face } from '@suqian/ui'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'

import { act, etagFor, readFile, readTasks, readWordings, type TaskKind } from './api.ts'
import { archive } from './archive.ts'
import type { Decision } from './acts.ts'
import { refused, rechecked, waitingDecision, type WaitingDecision } from './decisions.ts'

const SETTLE_MS = 400

/** An official's to-dos, the wordings to choose from, what is kept on this device and what waits to be decided on. */
export const useApproval = defineStore('approval', () => {
  const session = useSession()
  const live = useLive()
  const tasks = shallowRef<Task[]>([])
  const face = ref<Face>('loading')
  /** When the list was read, if it is one this device kept. */
  const since = ref<Date | null>(null)
  const next = ref<string | null>(null)
  const state = ref<Task['state']>('open')
  const kind = ref<TaskKind | null>(null)
  const digits = ref<string | null>(null)
  const wordings = shallowRef<Wording[]>([])
  const waiting = shallowRef<WaitingDecision[]>([])
  const keptIds = shallowRef<ReadonlySet<string>>(new Set())
  const isPlain = computed(() => state.value === 'open' && !kind.value && !digits.value)
  /** The palm hall has citizens too: nothing is asked for them. */
  const isOfficial = computed(() => (session.profile?.roles.length ?? 0) > 0)
  let asked = 0

  /** Read the list anew, from its beginning. */
  async function load(): Promise<void> {
    const mine = ++asked
    try {
      const page = await readTasks(query())
      if (mine !== asked) return
      take(page.items, page.next, null)
      if (isPlain.value) await archive.keepList('tasks', page.items)
    } catch (error) {
      if (mine === asked) await fallBack(error)
    }
  }

  /** Read on. */
  async function more(): Promise<void> {
    if (!next.value) return
    const mine = asked
    const page = await readTasks(query(), next.value)
    if (mine === asked) take([...tasks.value, ...page.items], page.next, null)
  }

  function query() {
    return { state: state.value, kind: kind.value ?? undefined, q: digits.value ?? undefined }
  }

  function take(rows: Task[], following: string | null, from: Date | null): void {
    tasks.value = rows
    next.value = following
    since.value = from
    face.value = rows.length > 0 ? 'ready' : 'empty'
  }

  async function fallBack(error: unknown): Promise<void> {
    const kept = error instanceof Unreachable ? await archive.list<Task>('tasks') : null
    if (!kept) {
      face.value = tasks.value.length > 0 && error instanceof Unreachable ? 'ready' : faceOfError(error)
      return
    }
    const fits = (row: Task) =>
      (!kind.value || row.kind === kind.value) && (!digits.value || row.case_no?.endsWith(digits.value))
    take(state.value === 'open' ? kept.rows.filter(fits) : [], null, new Date(kept.at))
  }

  /** A file from the server; without a network the one this device kept. Throws when there is neither. */
  async function open(caseId: string): Promise<{ file: CaseFile; since: Date | null }> {
    try {
      const file = await readFile(caseId)
      await archive.keepFile(file)
      await countKept()
      return { file, since: null }
    } catch (error) {
      const kept = error instanceof Unreachable ? await archive.file(caseId) : undefined
      if (!kept) throw error
      return { file: kept.file, since: new Date(kept.at) }
    }
  }

  async function loadWordings(): Promise<void> {
    if (wordings.value.length > 0) return
    try {
      wordings.value = await readWordings()
      await archive.keepList('wordings', wordings.value)
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      wordings.value = (await archive.list<Wording>('wordings'))?.rows ?? []
    }
  }

  /** Keep a decision until the network is back. It is never sent by itself. */
  async function keepDecision(file: CaseFile, decision: Decision): Promise<void> {
    await archive.putDecision(waitingDecision(file, decision))
    await showWaiting()
  }

  /** Look again at every case a decision waits for. */
  async function recheck(): Promise<void> {
    try {
      for (const one of await archive.decisions()) await archive.putDecision(await rechecked(one, readFile))
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
    }
    await showWaiting()
  }

  /** Send a decision that the official has looked at again. Throws MFA_REQUIRED and Unreachable. */
  async function sendDecision(one: WaitingDecision): Promise<boolean> {
    try {
      await act(one.seen.id, etagFor(one.seen), one.decision, one.key)
    } catch (error) {
      const isStale = (error instanceof ApiProblem && error.status === 412) || isProblem(error, 'case_action_not_allowed')
      await archive.putDecision(isStale ? await rechecked(one, readFile) : refused(one, error))
      await showWaiting()
      return false
    }
    await dropDecision(one.id)
    await load()
    return true
  }

  async function dropDecision(id: string): Promise<void> {
    await archive.dropDecision(id)
    await showWaiting()
  }

  async function showWaiting(): Promise<void> {
    waiting.value = await archive.decisions()
  }

  async function countKept(): Promise<void> {
    keptIds.value = new Set(await archive.fileIds())
  }

  /** Follow the session and the live state; once an app. */
  function follow(): void {
    watch(() => session.profile?.id ?? null, settle, { immediate: true })
    watch(() => live.tasks, reloadSoon)
    watch([state, kind, digits], () => {
      face.value = 'loading'
      void load()
    })
    addEventListener('online', () => {
      if (!isOfficial.value) return
      void load()
      void recheck()
    })
  }

  async function settle(person: string | null): Promise<void> {
    tasks.value = []
    face.value = 'loading'
    if (person === null) {
      if (session.status === 'visitor') await archive.clear()
      waiting.value = []
      keptIds.value = new Set()
      return
    }
    await archive.belongTo(person)
    if (!isOfficial.value) return
    await Promise.all([countKept(), showWaiting(), loadWordings()])
    if (navigator.onLine && waiting.value.length > 0) await recheck()
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  function reloadSoon(): void {
    if (!live.isReady || !isOfficial.value) return
    clearTimeout(timer)
    timer = setTimeout(() => void load(), SETTLE_MS)
  }

  return {
    tasks, face, since, next, state, kind, digits, wordings, waiting, keptIds,
    load, more, open, loadWordings, keepDecision, recheck, sendDecision, dropDecision, follow,
  }
})
