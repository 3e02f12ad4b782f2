import { ApiProblem } from '@suqian/api-client'
import { authorisedHeaders, currentToken } from '@suqian/session'

/** Fetch a file that only its owner may see and give it to the browser to keep. */
export async function saveFile(url: string, filename: string): Promise<void> {
  const token = currentToken()
  const first = await fetch(url, { headers: await authorisedHeaders() })
  const response = first.status === 401 && token ? await fetch(url, { headers: await authorisedHeaders(token) }) : first
  if (!response.ok) throw new ApiProblem({}, response)
  saveBlob(await response.blob(), filename)
}

/** Give the browser something to keep under a name. */
export function saveBlob(blob: Blob, filename: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = filename
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
