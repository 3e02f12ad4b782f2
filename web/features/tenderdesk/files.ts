import { ApiProblem } from '@suqian/api-client'
import { authorisedHeaders, currentToken } from '@suqian/session'

/** Fetch a file out of an opened bid with the session, and hand it to the browser; each look is written down. */
export async function fetchBidFile(bid: string, place: number, name: string): Promise<void> {
  const url = `/api/v1/tender-desk/bids/${bid}/files/${place}`
  const token = currentToken()
  const first = await fetch(url, { headers: await authorisedHeaders() })
  const response = first.status === 401 && token ? await fetch(url, { headers: await authorisedHeaders(token) }) : first
  if (!response.ok) throw new ApiProblem({}, response)
  save(await response.blob(), name)
}

/** Hand something to the browser as a download. */
export function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
