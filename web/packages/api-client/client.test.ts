import { afterEach, describe, expect, it, vi } from 'vitest'

import { ApiProblem, Unreachable, answer, createApi } from './index.ts'

const origin = 'https://suqian.example'

function reply(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })
}

afterEach(() => vi.unstubAllGlobals())

describe('the client', () => {
  it('renews an access token that ran out and sends the same request again', async () => {
    const seen: string[] = []
    vi.stubGlobal('fetch', async (request: Request) => {
      seen.push(`${request.headers.get('Authorization')} ${await request.text()}`)
      return seen.length === 1 ? reply(401, {}) : reply(200, { unread: 2, read: 1 })
    })
    const renew = vi.fn(async () => 'second')
    const api = createApi({ token: () => 'first', renew, language: () => 'zh-Hans' }, origin)
    const body = { name: '王小明', id_number: '32130219900307001X' }
    await api.POST('/api/v1/me/identity', { body })
    expect(renew).toHaveBeenCalledExactlyOnceWith('first')
    expect(seen).toEqual([`Bearer first ${JSON.stringify(body)}`, `Bearer second ${JSON.stringify(body)}`])
  })

  it('takes up a session that has no token in hand yet before it asks', async () => {
    const seen: (string | null)[] = []
    vi.stubGlobal('fetch', async (request: Request) => {
      seen.push(request.headers.get('Authorization'))
      return reply(200, { unread: 0 })
    })
    const resume = vi.fn(async () => 'resumed')
    await createApi({ token: () => null, resume, renew: vi.fn(), language: () => 'en' }, origin).GET('/api/v1/me/badge')
    expect(seen).toEqual(['Bearer resumed'])
  })

  it('does not send a wrong code twice', async () => {
    const send = vi.fn(async () => reply(401, { code: 'code_invalid' }))
    vi.stubGlobal('fetch', send)
    const renew = vi.fn()
    const api = createApi({ token: () => 'good', renew, language: () => 'en' }, origin)
    await api.POST('/api/v1/auth/step-up', { body: { code: '000000' } })
    expect([send.mock.calls.length, renew.mock.calls.length]).toEqual([1, 0])
  })

  it('does not renew for a stranger', async () => {
    vi.stubGlobal('fetch', async () => reply(401, { code: 'code_invalid', title: 't', detail: 'd', errors: [] }))
    const renew = vi.fn()
    const api = createApi({ token: () => null, renew, language: () => 'en' }, origin)
    const refused = answer(api.POST('/api/v1/auth/mfa', { body: { mfa_token: 'x', code: '1' } }))
    await expect(refused).rejects.toMatchObject({ code: 'code_invalid', status: 401 })
    expect(renew).not.toHaveBeenCalled()
  })

  it('tells a refusal from silence', async () => {
    vi.stubGlobal('fetch', async () => reply(429, { code: 'throttled' }, { 'Retry-After': '7' }))
    const api = createApi({ token: () => null, renew: vi.fn(), language: () => 'en' }, origin)
    const refused = await answer(api.GET('/api/v1/powers', {})).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ApiProblem)
    expect(refused).toMatchObject({ retryAfter: 7, isPassing: true })
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('Failed to fetch')))
    await expect(answer(api.GET('/api/v1/powers', {}))).rejects.toBeInstanceOf(Unreachable)
  })
})
