import { Unreachable, answer, etagOf, type FactorRequested, type OtpSent, type Profile } from '@suqian/api-client'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'

import { useApi } from './api.ts'
import { deviceName } from './device.ts'
import { fittingHat, hatsOf, type Hat } from './hats.ts'
import { currentToken, forgetTokens, isPresent, isRunningOut, keepTokens, onSessionOver, renewToken } from './tokens.ts'

export type SessionStatus = 'starting' | 'visitor' | 'person'
export type ProfileChange = Partial<Pick<Profile, 'language' | 'preferences'>>
const HAT = 'session.hat'
const PROFILE = 'session.profile'
const LOOK_MS = 15_000

/** Who is signed in, what they may do, and in what quality they do it. */
export const useSession = defineStore('session', () => {
  const api = useApi()
  const status = ref<SessionStatus>('starting')
  const profile = shallowRef<Profile | null>(null)
  const lastHat = ref(localStorage.getItem(HAT))
  /** True after a session ended without the person having signed out. */
  const hasExpired = ref(false)
  let etag = ''

  const isSignedIn = computed(() => status.value === 'person')
  const hats = computed(() => hatsOf(profile.value))
  const hat = computed(() => fittingHat(profile.value, lastHat.value))

  onSessionOver(() => {
    hasExpired.value = status.value === 'person'
    leave()
  })

  /** Take up the session this browser has, when there is one; without a network the last known profile serves. */
  async function start(): Promise<void> {
    watchExpiry()
    if (!isPresent()) return leave()
    try {
      if ((await renewToken(null)) === null) return leave()
      await loadProfile()
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      profile.value = keptProfile()
      status.value = profile.value ? 'person' : 'visitor'
      addEventListener('online', () => void start(), { once: true })
    }
  }

  /** Read the own account anew. */
  async function loadProfile(): Promise<Profile> {
    return answer(api.GET('/api/v1/me').then(seen))
  }

  /** Change language or preferences; tried again once when another device changed them meanwhile. */
  async function changeProfile(change: ProfileChange): Promise<void> {
    if (!etag) await loadProfile()
    const send = () => api.PATCH('/api/v1/me', { body: change, params: { header: { 'If-Match': etag } } })
    const first = await send()
    if (first.response.status === 412) {
      await loadProfile()
      await answer(send().then(seen))
      return
    }
    await answer(Promise.resolve(seen(first)))
  }

  /** Give the real name and number. */
  async function giveIdentity(name: string, idNumber: string): Promise<void> {
    await answer(api.POST('/api/v1/me/identity', { body: { name, id_number: idNumber } }).then(seen))
  }

  /** Move the account to the number that the code was sent to; every other device is signed out. */
  async function changePhone(phone: string, code: string): Promise<void> {
    await answer(api.POST('/api/v1/me/phone', { body: { phone, code } }).then(seen))
  }

  /** Change an official's password. */
  async function changePassword(password: string, next: string): Promise<void> {
    await answer(api.POST('/api/v1/auth/password', { body: { password, new_password: next } }))
  }

  /** Have a code sent by SMS. */
  function requestCode(phone: string): Promise<OtpSent> {
    return answer(api.POST('/api/v1/auth/otp', { body: { phone } }))
  }

  /** Sign in with the code of an SMS. Tells whether the account is new. */
  async function verifyCode(phone: string, code: string, requestId?: string): Promise<boolean> {
    const body = { phone, code, client: 'browser' as const, device: deviceName(), request_id: requestId }
    const tokens = await answer(api.POST('/api/v1/auth/otp/verify', { body }))
    keepTokens(tokens)
    await loadProfile()
    return tokens.is_new_person
  }

  /** The first factor of an official. */
  function logIn(username: string, password: string): Promise<FactorRequested> {
    const body = { username, password, client: 'browser' as const, device: deviceName() }
    return answer(api.POST('/api/v1/auth/login', { body }))
  }

  /** The second factor of an official; opens the session. */
  async function confirmFactor(mfaToken: string, code: string, newPassword?: string): Promise<void> {
    const body = { mfa_token: mfaToken, code, client: 'browser' as const, device: deviceName() }
    const sent = newPassword ? { ...body, new_password: newPassword } : body
    keepTokens(await answer(api.POST('/api/v1/auth/mfa', { body: sent })))
    await loadProfile()
  }

  /** Show the second factor again, for acts that sign. */
  async function stepUp(code: string): Promise<void> {
    await answer(api.POST('/api/v1/auth/step-up', { body: { code } }))
    await loadProfile()
  }

  /** End the session here; the browser forgets it even when nobody can be reached. */
  async function signOut(): Promise<void> {
    try {
      await answer(api.POST('/api/v1/auth/logout'))
    } finally {
      status.value = 'visitor'
      forgetTokens()
    }
  }

  /** Put another hat on and remember it. */
  function wear(next: Hat): void {
    lastHat.value = next
    localStorage.setItem(HAT, next)
  }

  function seen<R extends { data?: Profile; response: Response }>(result: R): R {
    if (result.data && result.response.ok) {
      profile.value = result.data
      etag = etagOf(result.response)
      status.value = 'person'
      hasExpired.value = false
      localStorage.setItem(PROFILE, JSON.stringify(result.data))
    }
    return result
  }

  function leave(): void {
    status.value = 'visitor'
    profile.value = null
    etag = ''
    localStorage.removeItem(PROFILE)
  }

  return {
    status, profile, isSignedIn, hasExpired, hats, hat,
    start, loadProfile, changeProfile, giveIdentity, changePhone, changePassword,
    requestCode, verifyCode, logIn, confirmFactor, stepUp, signOut, wear,
  }
})

function keptProfile(): Profile | null {
  return JSON.parse(localStorage.getItem(PROFILE) ?? 'null') as Profile | null
}

let watching = false

/** Renew shortly before the token runs out, so that no request has to be refused first. */
function watchExpiry(): void {
  if (watching) return
  watching = true
  setInterval(() => {
    const token = currentToken()
    if (token && isRunningOut() && !document.hidden && navigator.onLine) renewToken(token).catch(() => undefined)
  }, LOOK_MS)
}
