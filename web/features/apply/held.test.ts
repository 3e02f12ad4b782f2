import 'fake-indexeddb/auto'

import { changeDraft, database, type Draft } from '@suqian/offline'
import { describe, expect, it } from 'vitest'

import { useHeld } from './held.ts'

const begun = (id: string): Draft => ({
  id, person: 'p', powerId: 'w', powerName: '', organisationName: '', applicant: { kind: 'person', legal_person_id: null },
  form: {}, base: {}, caseId: '', etag: '', files: [], asked: [], step: '', changedAt: 0,
})

async function held(id: string) {
  const db = await database()
  await db.put('drafts', begun(id))
  const screen = useHeld()
  screen.draft.value = begun(id)
  const sending = (form: Draft['form']) => changeDraft(db, id, (now) => ({ ...now, caseId: 'c', form: { ...form, ...now.form } }))
  return { ...screen, db, sending }
}

describe('a draft that is typed into while it is being sent', () => {
  it('keeps what was typed just before the server’s answer is taken over', async () => {
    const { draft, change, refresh, sending, db } = await held('before')
    await sending({ name: '张三' })
    const typing = change((was) => ({ form: { ...was.form, address: '青年路' } }))
    await Promise.all([refresh(), typing])
    expect(draft.value).toMatchObject({ caseId: 'c', form: { name: '张三', address: '青年路' } })
    expect(await db.get('drafts', 'before')).toMatchObject({ form: { name: '张三', address: '青年路' } })
  })

  it('keeps what the server knows when the answer comes in the middle of typing', async () => {
    const { draft, change, refresh, sending, db } = await held('amid')
    const typing = ['青', '青年', '青年路'].map((address) => change((was) => ({ form: { ...was.form, address } })))
    await Promise.all([sending({ name: '张三' }).then(refresh), ...typing])
    expect(draft.value?.form).toEqual({ name: '张三', address: '青年路' })
    expect(await db.get('drafts', 'amid')).toMatchObject({ caseId: 'c', form: { name: '张三', address: '青年路' } })
  })

  it('is left as it stands when it was handed in meanwhile', async () => {
    const { draft, change, refresh, db } = await held('gone')
    await db.delete('drafts', 'gone')
    await change(() => ({ step: 'review' }))
    await refresh()
    expect(draft.value?.step).toBe('review')
    expect(await db.get('drafts', 'gone')).toBeUndefined()
  })
})
