import createClient, { type Client } from 'openapi-fetch'

import { Unreachable } from './problem.ts'
import type { paths } from './schema.d.ts'

export type Api = Client<paths>

/** Where the client gets what stands in every request. */
export interface Credentials {
  /** The access token, or null for somebody who is not signed in. */
  token(): string | null
  /** A token for a session that has none in hand yet (a page opened without a network); null for a stranger. */
  resume?(): Promise<string | null>
  /** Get a new access token after this one was refused; null when the session is over. */
  renew(refused: string): Promise<string | null>
  /** The language of texts in answers. */
  language(): string
}

/**
 * A client for all of the contract. An access token that has run out is renewed once and the request sent again; callers
 * never see it.
 */
export function createApi(credentials: Credentials, baseUrl = ''): Api {
  async function send(request: Request): Promise<Response> {
    request.headers.set('Accept-Language', credentials.language())
    const token = credentials.token() ?? (await credentials.resume?.()) ?? null
    if (!token) return reach(request)
    const again = request.clone()
    const response = await reach(authorised(request, token))
    if (!(await isAboutToken(response))) return response
    const renewed = await credentials.renew(token)
    return renewed ? reach(authorised(again, renewed)) : response
  }
  return createClient<paths>({ baseUrl, fetch: send })
}

/** A wrong code or password is refused with 401 too; a second attempt would count against the person. */
async function isAboutToken(response: Response): Promise<boolean> {
  if (response.status !== 401) return false
  const problem = (await response.clone().json().catch(() => ({}))) as { code?: string }
  return problem.code !== 'code_invalid' && problem.code !== 'sign_in_failed'
}

function authorised(request: Request, token: string): Request {
  request.headers.set('Authorization', `Bearer ${token}`)
  return request
}

async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch (error) {
    if (request.signal.aborted) throw error
    throw new Unreachable(error)
  }
}
