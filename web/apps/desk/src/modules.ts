import type { DeskModule } from '@suqian/desk'
import { CallPop, feature as hotline, HOTLINE } from '@suqian/features/hotline'
import { feature as inbox } from '@suqian/features/inbox'
import { feature as me } from '@suqian/features/me'

const DESK = HOTLINE.filter((role) => role !== 'hotline_office')

/** What the desk has, in the order of the navigation: one line a module, seen by those who hold one of its posts. */
export const modules: readonly DeskModule[] = [
  { route: 'hotline-calls', title: 'hotline.modules.calls', icon: 'phone', group: 'hotline', roles: DESK, feature: hotline, key: 'c', overlay: CallPop },
  { route: 'hotline-orders', title: 'hotline.modules.orders', icon: 'task', group: 'hotline', roles: HOTLINE, feature: hotline, with: ['hotline-order'], key: 'o' },
  { route: 'hotline-wallboard', title: 'hotline.modules.board', icon: 'device', group: 'hotline', roles: HOTLINE, feature: hotline, key: 'w' },
  { route: 'hotline-shift', title: 'hotline.modules.shift', icon: 'swap', group: 'hotline', roles: HOTLINE, feature: hotline, key: 's' },
  { route: 'inbox', title: 'desk.modules.inbox', icon: 'inbox', group: 'own', roles: ['*'], feature: inbox, with: ['message'], key: 'm' },
  { route: 'me', title: 'desk.modules.me', icon: 'person', group: 'own', roles: ['*'], feature: me, with: ['me-identity', 'me-sessions', 'me-channels', 'me-data'] },
]
