import { answer, type Api } from '@suqian/api-client'
import { readThrough } from '@suqian/offline'

/** The key that signs receipts and opening records; kept, so that a receipt can be checked without a network. */
export async function signingKey(api: Api): Promise<string> {
  const found = await readThrough('tenders/signing-key', () => answer(api.GET('/api/v1/tenders/signing-key')))
  return found.value.public_key
}
