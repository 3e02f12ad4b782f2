import { ApiProblem, intentKey } from '@suqian/api-client'
import { authorisedHeaders, currentToken } from '@suqian/session'

async function send(url: string, options: () => Promise<RequestInit>): Promise<Response> {
  const token = currentToken()
  const first = await fetch(url, await options())
  if (first.status !== 401 || !token) return first
  await authorisedHeaders(token)
  return fetch(url, await options())
}

/** What is in a file below an address (`/api/v1/meetings/…/files`). */
export async function readFile(below: string, id: string): Promise<Blob> {
  const response = await send(`${below}/${id}`, async () => ({ headers: await authorisedHeaders() }))
  if (!response.ok) throw new ApiProblem({}, response)
  return response.blob()
}

/** Give a file below an address to the browser to keep. */
export async function saveFile(below: string, file: { id: string; filename: string }): Promise<void> {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await readFile(below, file.id))
  link.download = file.filename
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** Add a file below an address. */
export async function addFile(below: string, file: File): Promise<void> {
  const key = intentKey()
  const response = await send(below, async () => {
    const body = new FormData()
    body.append('file', file)
    return { method: 'POST', body, headers: { ...(await authorisedHeaders()), 'Idempotency-Key': key } }
  })
  if (!response.ok) throw new ApiProblem(await response.json().catch(() => ({})), response)
}
