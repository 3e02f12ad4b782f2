import { answer, type InquiryTerms } from '@suqian/api-client'
import { readThrough } from '@suqian/offline'
import { useApi } from '@suqian/session'
import { onMounted, shallowRef } from 'vue'

/** What holds for those who ask; what was read the last time without a network, null when it never was. */
export function useTerms() {
  const api = useApi()
  const terms = shallowRef<InquiryTerms | null>(null)
  onMounted(async () => {
    terms.value = await readThrough('inquiry/terms', () => answer(api.GET('/api/v1/inquiries/terms'))).then(
      ({ value }) => value,
      () => null,
    )
  })
  return terms
}
