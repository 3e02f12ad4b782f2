import { ApiProblem, Unreachable, type Problem } from '@suqian/api-client'
import { authorisedHeaders, currentToken } from '@suqian/session'

export interface UploadRequest {
  url: string
  fields: Record<string, string | File>
  key: string
  onProgress?: (fraction: number) => void
}

/** Send a file and tell how far it is. Throws ApiProblem and Unreachable; a token that has run out is renewed once. */
export async function upload(request: UploadRequest): Promise<unknown> {
  const token = currentToken()
  const first = await send(request, await authorisedHeaders())
  const response = first.status === 401 && token ? await send(request, await authorisedHeaders(token)) : first
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) throw new ApiProblem((body ?? {}) as Partial<Problem>, response)
  return body
}

function send({ url, fields, key, onProgress }: UploadRequest, headers: Record<string, string>): Promise<Response> {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.setRequestHeader('Idempotency-Key', key)
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0)
    request.onload = () => resolve(asResponse(request))
    request.onerror = () => reject(new Unreachable(new Error('upload broke off')))
    request.ontimeout = request.onerror
    request.timeout = 5 * 60 * 1000
    request.send(body)
  })
}

function asResponse(request: XMLHttpRequest): Response {
  const headers = new Headers()
  for (const name of ['Content-Type', 'Retry-After', 'X-Request-Id']) {
    const value = request.getResponseHeader(name)
    if (value) headers.set(name, value)
  }
  return new Response(request.responseText, { status: request.status, headers })
}
