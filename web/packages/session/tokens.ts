import { ApiProblem, Unreachable, type Tokens } from '@suqian/api-client'

import { exclusively } from './lock.ts'

const PRESENT = 'session.present'
const LOCK = 'suqian.refresh'
const EARLY_MS = 30_000

type Word = { kind: 'token'; access: string; until: number } | { kind: 'over' }

let access: string | null = null
let until = 0
let pending: Promise<string | null> | null = null
let over: () => void = () => undefined
const tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('suqian.session') : null

tabs?.addEventListener('message', ({ data }: MessageEvent<Word>) => {
  if (data.kind === 'over') return end()
  access = data.access
  until = data.until
})

/** Whether somebody signed in with this browser and has not signed out; the cookie itself cannot be read. */
export function isPresent(): boolean {
  return localStorage.getItem(PRESENT) !== null
}

/** The access token, or null. It lives in memory only. */
export function currentToken(): string | null {
  return access
}

/** Whether the token runs out within half a minute. */
export function isRunningOut(): boolean {
  return until - Date.now() < EARLY_MS
}

/** Keep the tokens of a sign-in or a renewal, here and in the other tabs. */
export function keepTokens(tokens: Tokens): void {
  access = tokens.access
  until = Date.now() + tokens.expires_in * 1000
  localStorage.setItem(PRESENT, tokens.session_id)
  tabs?.postMessage({ kind: 'token', access, until } satisfies Word)
}

/** Forget everything, here and in the other tabs. */
export function forgetTokens(): void {
  tabs?.postMessage({ kind: 'over' } satisfies Word)
  end()
}

/** Be told when the session ends, for whatever reason and in whichever tab. */
export function onSessionOver(listener: () => void): void {
  over = listener
}

/**
 * A new access token instead of the one that was refused; null when the session is over. Only one tab asks at a time,
 * since a refresh token works once. Throws Unreachable when nobody answers: the session may well live.
 */
export function renewToken(refused: string | null): Promise<string | null> {
  if (access !== null && access !== refused) return Promise.resolve(access)
  pending ??= exclusively(LOCK, () => exchange(refused)).finally(() => (pending = null))
  return pending
}

async function exchange(refused: string | null): Promise<string | null> {
  if (access !== null && access !== refused) return access
  const response = await ask()
  if (response.ok) {
    keepTokens((await response.json()) as Tokens)
    return access
  }
  if (response.status !== 401) throw new ApiProblem((await response.json().catch(() => ({}))) as object, response)
  forgetTokens()
  return null
}

async function ask(): Promise<Response> {
  try {
    const headers = { 'Content-Type': 'application/json', Accept: 'application/json' }
    return await fetch('/api/v1/auth/refresh', { method: 'POST', headers, body: '{}' })
  } catch (error) {
    throw new Unreachable(error)
  }
}

function end(): void {
  access = null
  until = 0
  localStorage.removeItem(PRESENT)
  over()
}
