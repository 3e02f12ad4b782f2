import { ApiProblem, Unreachable, intentKey } from '@suqian/api-client'

import type { Database } from './db.ts'
import type { Entry, KeptProblem, NewEntry } from './entry.ts'

/** Sends one entry. Throws ApiProblem when the server refuses, Unreachable when nobody answers. */
export type Handler = (entry: Entry, report: (fraction: number) => void) => Promise<void>

/** What the outbox needs of the world; tests give their own. */
export interface OutboxWorld {
  person(): string | null
  now(): number
  /** False when it is certain that nobody can be reached. */
  online(): boolean
  /** Run while no other tab runs the same. */
  exclusively<T>(work: () => Promise<T>): Promise<T>
  /** Something changed in what is kept. */
  changed(): void
  /** How far one is on its way, 0 to 1. */
  progress(seq: number, fraction: number): void
}

export type HandlerOptions = Partial<Omit<Registered, 'send'>>

interface Registered {
  send: Handler
  /** Not worth showing once it is sent. */
  quiet: boolean
  /** A refusal does not hold back what comes after. */
  free: boolean
  /** Goes only when everything before it has arrived, whatever held it. */
  last: boolean
}

const DAY_MS = 24 * 3600 * 1000
const FIRST_PAUSE_MS = 2000
const MAX_PAUSE_MS = 60 * 1000
const LOCKED_OUT = 401

/** What ended one attempt: it was sent, its subject waits or failed, or nothing can be sent now. */
type Ending = 'sent' | 'held' | 'stop'

/**
 * What waits to reach the server, in order per subject, each with its own Idempotency-Key: kept on the device until the
 * server has answered, so that a closed page, a lost network or an answer that never came repeat nothing and lose nothing.
 */
export class Outbox {
  private readonly handlers = new Map<string, Registered>()
  private readonly open: () => Promise<Database>
  private readonly world: OutboxWorld
  private running: Promise<void> | null = null
  /** Somebody asked since the last look at what waits. */
  private isAsked = false

  constructor(open: () => Promise<Database>, world: OutboxWorld) {
    this.open = open
    this.world = world
  }

  /** Say how entries of a kind are sent. */
  handle(kind: string, send: Handler, { quiet = false, free = false, last = false }: HandlerOptions = {}): void {
    this.handlers.set(kind, { send, quiet, free, last })
  }

  /** Take something in; it is safe once this resolves. */
  async add({ subject, kind, payload, replaces = false }: NewEntry): Promise<Entry> {
    const person = this.world.person()
    if (!person) throw new Error('nobody is signed in')
    const db = await this.open()
    const transaction = db.transaction('outbox', 'readwrite')
    const before = replaces ? (await transaction.store.getAll()).find(isReplaced) : undefined
    const fresh = { attempts: 0, at: this.world.now(), nextAt: 0, problem: null, sentAt: null, state: 'waiting' as const }
    const entry = { ...fresh, person, subject, kind, payload, key: intentKey(), ...(before ? { seq: before.seq } : {}) }
    const seq = await transaction.store.put(entry as Entry)
    await transaction.done
    this.world.changed()
    return { ...entry, seq }

    function isReplaced(one: Entry): boolean {
      const fits = one.person === person && one.subject === subject && one.kind === kind
      return fits && (one.state === 'waiting' || one.state === 'failed')
    }
  }

  /** Everything of the person who is here, oldest first. */
  async entries(): Promise<Entry[]> {
    const person = this.world.person()
    return person ? (await this.open()).getAllFromIndex('outbox', 'person', person) : []
  }

  /** Send what can be sent now; resolves when nothing more can. */
  flush(): Promise<void> {
    this.isAsked = true
    this.running ??= this.world.exclusively(() => this.sendAll()).finally(() => (this.running = null))
    return this.running
  }

  /** Try something refused again, as a new intent. */
  async retry(seq: number): Promise<void> {
    await this.change(seq, { state: 'waiting', problem: null, nextAt: 0, attempts: 0, key: intentKey() })
  }

  /** Give something up. */
  async discard(seq: number): Promise<void> {
    await (await this.open()).delete('outbox', seq)
    this.world.changed()
  }

  /** Let all that waits be tried at once: the network is back. */
  async hurry(): Promise<void> {
    const db = await this.open()
    for (const entry of await this.entries()) {
      if (entry.state === 'waiting') await db.put('outbox', { ...entry, nextAt: 0, attempts: 0 })
    }
  }

  private async sendAll(): Promise<void> {
    while (this.isAsked) {
      this.isAsked = false
      await this.sendRound()
    }
    await this.prune()
  }

  private async sendRound(): Promise<void> {
    const tried = new Set<number>()
    while (this.world.online()) {
      const entry = this.nextOf(await this.entries(), tried)
      if (!entry) return
      tried.add(entry.seq)
      if ((await this.sendOne(entry)) === 'stop') return
    }
  }

  /** The oldest that may go: an earlier one of the same subject that waits or failed holds the later ones back. */
  private nextOf(entries: Entry[], tried: Set<number>): Entry | undefined {
    const held = new Set<string>()
    const behind = new Set<string>()
    const ready = (entry: Entry) => entry.state !== 'failed' && entry.nextAt <= this.world.now() && !tried.has(entry.seq)
    for (const entry of entries.filter((one) => one.state !== 'sent').sort((one, other) => one.seq - other.seq)) {
      const how = this.handlers.get(entry.kind)
      const waitsFor = how?.last ? behind : held
      if (how && ready(entry) && !waitsFor.has(entry.subject)) return entry
      behind.add(entry.subject)
      if (!isPassedBy(entry, how)) held.add(entry.subject)
    }
    return undefined
  }

  private async sendOne(entry: Entry): Promise<Ending> {
    const { send, quiet } = this.handlers.get(entry.kind) as Registered
    const sending = await this.change(entry.seq, { state: 'sending', attempts: entry.attempts + 1 })
    if (!sending) return 'held'
    try {
      await send(sending, (fraction) => this.world.progress(entry.seq, fraction))
    } catch (error) {
      return this.refused(sending, error)
    }
    if (quiet) await this.discard(entry.seq)
    else await this.change(entry.seq, { state: 'sent', sentAt: this.world.now(), payload: null })
    return 'sent'
  }

  private async refused(entry: Entry, error: unknown): Promise<Ending> {
    const pause = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (entry.attempts - 1))
    const later = { state: 'waiting' as const, nextAt: this.world.now() + pause }
    if (error instanceof Unreachable) {
      await this.change(entry.seq, later)
      return 'stop'
    }
    if (error instanceof ApiProblem && error.status === LOCKED_OUT) {
      await this.change(entry.seq, later)
      return 'stop'
    }
    if (error instanceof ApiProblem && isPassing(error)) {
      const asked = (error.retryAfter ?? 0) * 1000
      await this.change(entry.seq, { ...later, nextAt: this.world.now() + Math.max(pause, asked) })
      return 'held'
    }
    await this.change(entry.seq, { state: 'failed', problem: kept(error) })
    return 'held'
  }

  private async change(seq: number, change: Partial<Entry>): Promise<Entry | null> {
    const transaction = (await this.open()).transaction('outbox', 'readwrite')
    const entry = await transaction.store.get(seq)
    const next = entry ? { ...entry, ...change } : null
    if (next) await transaction.store.put(next)
    await transaction.done
    this.world.changed()
    return next
  }

  private async prune(): Promise<void> {
    const db = await this.open()
    for (const entry of await this.entries()) {
      if (entry.sentAt !== null && entry.sentAt < this.world.now() - DAY_MS) await db.delete('outbox', entry.seq)
    }
  }
}

/** Whether what comes after may go although this has not arrived. */
function isPassedBy(entry: Entry, how: Registered | undefined): boolean {
  return entry.state === 'failed' && how?.free === true
}

function isPassing(error: ApiProblem): boolean {
  return error.isPassing || error.status >= 500 || error.code === 'request_in_progress'
}

function kept(error: unknown): KeptProblem {
  if (error instanceof ApiProblem) {
    const { code, title, detail } = error
    return { code, title, detail, faults: error.faults.map((fault) => ({ ...fault })) }
  }
  return { code: 'unexpected', title: '', detail: error instanceof Error ? error.message : '', faults: [] }
}
