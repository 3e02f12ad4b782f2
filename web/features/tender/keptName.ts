import { privately } from '@suqian/offline'
import { useSession } from '@suqian/session'

/** Under which name something read is kept: what a signed-in person reads may be for invited companies only, so it goes
 * with the person at logout; what anybody reads stays for everybody. */
export function keptName(name: string): string {
  const person = useSession().profile?.id
  return person ? privately(person, `tenders/${name}`) : `tenders/${name}`
}
