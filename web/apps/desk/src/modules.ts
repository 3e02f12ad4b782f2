import type { DeskModule } from '@suqian/desk'
import { feature as inbox } from '@suqian/features/inbox'
import { feature as me } from '@suqian/features/me'

/** What the desk has, in the order of the navigation: one line a module, seen by those who hold one of its posts. */
export const modules: readonly DeskModule[] = [
  { route: 'inbox', title: 'desk.modules.inbox', icon: 'inbox', group: 'own', roles: ['*'], feature: inbox, with: ['message'], key: 'm' },
  { route: 'me', title: 'desk.modules.me', icon: 'person', group: 'own', roles: ['*'], feature: me, with: ['me-identity', 'me-sessions', 'me-channels', 'me-data'] },
]
