import { answer } from '@suqian/api-client'
import { changeDraft, database, type Draft, type DraftFile } from '@suqian/offline'
import { useApi } from '@suqian/session'

/** Take a file back that the server has. */
export async function removeFile(draft: Draft, file: DraftFile): Promise<void> {
  const path = { case_id: draft.caseId, material_id: file.id }
  await answer(useApi().DELETE('/api/v1/cases/{case_id}/materials/{material_id}', { params: { path } }))
  await changeDraft(await database(), draft.id, (now) => ({
    ...now,
    etag: '',
    files: now.files.filter((one) => one.id !== file.id),
  }))
}
