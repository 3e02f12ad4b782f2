import { answer, ApiProblem, intentKey, type InvitationRowShape, type InvitationShape } from '@suqian/api-client'
import { useLive } from '@suqian/live'
import { authorisedHeaders, currentToken, useApi } from '@suqian/session'
import { faceOfError, setServerTime, type Face } from '@suqian/ui'
import { onMounted, onScopeDispose, ref, shallowRef } from 'vue'

/** To what a company is invited. */
export async function readInvitations(company: string): Promise<InvitationRowShape[]> {
  const params = { path: { company_id: company } }
  return (await answer(useApi().GET('/api/v1/tenders/companies/{company_id}/invitations', { params }))).items
}

/** An invitation, and the answer to it. */
export function useInvitation(id: () => string) {
  const api = useApi()
  const invitation = shallowRef<InvitationShape | null>(null)
  const face = ref<Face>('loading')
  onMounted(load)
  onScopeDispose(useLive().onEvent(() => void load()))

  function keep(found: InvitationShape): void {
    setServerTime(found.now)
    invitation.value = found
    face.value = 'ready'
  }

  async function load(): Promise<void> {
    try {
      keep(await answer(api.GET('/api/v1/tenders/invitations/{notice_id}', { params: { path: { notice_id: id() } } })))
    } catch (error) {
      if (!invitation.value) face.value = faceOfError(error)
    }
  }

  async function reply(company: string, accept: boolean): Promise<void> {
    const params = { path: { notice_id: id() }, header: { 'Idempotency-Key': intentKey() } }
    keep(await answer(api.POST('/api/v1/tenders/invitations/{notice_id}/reply', { params, body: { company_id: company, accept } })))
  }

  /** A file of the invitation, with the session, handed to the browser. Throws ApiProblem. */
  async function fetchFile(file: string, name: string): Promise<void> {
    const url = `/api/v1/tenders/invitations/${id()}/files/${file}`
    const token = currentToken()
    const first = await fetch(url, { headers: await authorisedHeaders() })
    const response = first.status === 401 && token ? await fetch(url, { headers: await authorisedHeaders(token) }) : first
    if (!response.ok) throw new ApiProblem({}, response)
    const address = URL.createObjectURL(await response.blob())
    Object.assign(document.createElement('a'), { href: address, download: name }).click()
    setTimeout(() => URL.revokeObjectURL(address), 60_000)
  }

  return { invitation, face, load, reply, fetchFile }
}
