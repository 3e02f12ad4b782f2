import { answer, type TenderNoticeShape } from '@suqian/api-client'
import { readThrough } from '@suqian/offline'
import { useApi } from '@suqian/session'
import { ref, shallowRef, watch } from 'vue'

import { keptName } from './keptName.ts'

/** Several notices at once. A published notice never changes, so each is read once. */
export function useNotices(ids: () => readonly string[]) {
  const api = useApi()
  const known = new Map<string, TenderNoticeShape>()
  const notices = shallowRef<TenderNoticeShape[]>([])
  const failed = ref(false)
  watch(() => ids().join(), () => void load(), { immediate: true })

  async function load(): Promise<void> {
    const asked = ids()
    try {
      await Promise.all(asked.filter((id) => !known.has(id)).map(read))
      failed.value = false
    } catch {
      failed.value = true
    }
    notices.value = asked.flatMap((id) => known.get(id) ?? [])
  }

  async function read(id: string): Promise<void> {
    const params = { path: { notice_id: id } }
    const found = await readThrough(keptName(`notice/${id}`), () => answer(api.GET('/api/v1/tenders/notices/{notice_id}', { params })))
    known.set(id, found.value)
  }

  return { notices, failed, load }
}
