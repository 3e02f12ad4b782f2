import { createApi, type Api } from '@suqian/api-client'
import { currentLanguage } from '@suqian/i18n'

import { currentToken, renewToken } from './tokens.ts'

const api = createApi({ token: currentToken, renew: renewToken, language: currentLanguage }, globalThis.location?.origin)

/** The client of the contract, speaking as whoever is signed in. */
export function useApi(): Api {
  return api
}

/**
 * Send a request that the typed client cannot (uploads with progress, files): the same credentials, renewed once when
 * they have run out.
 */
export async function authorisedHeaders(refused: string | null = null): Promise<Record<string, string>> {
  const token = refused === null ? currentToken() : await renewToken(refused)
  return { 'Accept-Language': currentLanguage(), ...(token ? { Authorization: `Bearer ${token}` } : {}) }
}
