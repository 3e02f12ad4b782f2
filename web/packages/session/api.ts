import { createApi, type Api } from '@suqian/api-client'
import { currentLanguage } from '@suqian/i18n'

import { currentToken, isPresent, renewToken } from './tokens.ts'

const credentials = { token: currentToken, resume, renew: renewToken, language: currentLanguage }
const api = createApi(credentials, globalThis.location?.origin)

function resume(): Promise<string | null> {
  return isPresent() ? renewToken(null) : Promise.resolve(null)
}

/** The client of the contract, speaking as whoever is signed in. */
export function useApi(): Api {
  return api
}

/**
 * Send a request that the typed client cannot (uploads with progress, files): the same credentials, renewed once when
 * they have run out.
 */
export async function authorisedHeaders(refused: string | null = null): Promise<Record<string, string>> {
  const token = refused === null ? (currentToken() ?? (await resume())) : await renewToken(refused)
  return { 'Accept-Language': currentLanguage(), ...(token ? { Authorization: `Bearer ${token}` } : {}) }
}
