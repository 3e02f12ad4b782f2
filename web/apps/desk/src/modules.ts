import type { DeskModule } from '@suqian/desk'
import { feature as agenda } from '@suqian/features/agenda'
import { ALERT_DESK, feature as alertDesk } from '@suqian/features/alertdesk'
import { feature as alerts } from '@suqian/features/alerts'
import { feature as attendance } from '@suqian/features/attendance'
import { feature as contacts } from '@suqian/features/contacts'
import { feature as documents } from '@suqian/features/documents'
import { CallPop, feature as hotline, HOTLINE, OrderNotice } from '@suqian/features/hotline'
import { feature as inbox } from '@suqian/features/inbox'
import { feature as knowledge, PUBLISHERS, WATCHERS, WRITERS } from '@suqian/features/knowledge'
import { feature as leave } from '@suqian/features/leave'
import { feature as me } from '@suqian/features/me'
import { feature as meetings } from '@suqian/features/meetings'
import { OPERATIONS, feature as operations } from '@suqian/features/operations'
import { TENDER_DESK, TENDER_OPENERS, feature as tenderDesk } from '@suqian/features/tenderdesk'
import { KEEPERS, feature as windowDuty } from '@suqian/features/windowduty'

const DESK = HOTLINE.filter((role) => role !== 'hotline_office')

/** What the desk has, in the order of the navigation: one line a module, seen by those who hold one of its posts. */
export const modules: readonly DeskModule[] = [
  { route: 'hotline-calls', title: 'hotline.modules.calls', icon: 'phone', group: 'hotline', roles: DESK, feature: hotline, key: 'c', overlay: CallPop },
  { route: 'hotline-orders', title: 'hotline.modules.orders', icon: 'task', group: 'hotline', roles: HOTLINE, feature: hotline, with: ['hotline-order'], key: 'o', overlay: OrderNotice },
  { route: 'hotline-wallboard', title: 'hotline.modules.board', icon: 'device', group: 'hotline', roles: HOTLINE, feature: hotline, key: 'w' },
  { route: 'hotline-shift', title: 'hotline.modules.shift', icon: 'swap', group: 'hotline', roles: HOTLINE, feature: hotline, key: 's' },
  { route: 'knowledge', title: 'knowledge.modules.entries', icon: 'search', group: 'hotline', roles: WRITERS, feature: knowledge, with: ['knowledge-entry', 'knowledge-new'], key: 'n' },
  { route: 'hotline-publications', title: 'knowledge.modules.publications', icon: 'globe', group: 'hotline', roles: PUBLISHERS, feature: knowledge, key: 'p' },
  { route: 'hot-topics', title: 'knowledge.modules.hot', icon: 'map', group: 'hotline', roles: WATCHERS, feature: knowledge, key: 'h' },
  { route: 'tender-desk', title: 'tenderdesk.modules.projects', icon: 'file', group: 'tender', roles: TENDER_DESK, feature: tenderDesk, with: ['tender-desk-new', 'tender-desk-project', 'tender-desk-write', 'tender-desk-notice', 'tender-desk-key'], key: 't' },
  { route: 'tender-openings', title: 'tenderdesk.modules.openings', icon: 'lock', group: 'tender', roles: TENDER_OPENERS, feature: tenderDesk, with: ['tender-opening'], key: 'b' },
  { route: 'todos', title: 'agenda.links.todos', icon: 'task', group: 'office', roles: ['*'], feature: agenda, key: 'd' },
  { route: 'agenda', title: 'agenda.title', icon: 'clock', group: 'office', roles: ['*'], feature: agenda, with: ['agenda-settings', 'weekly-report'], key: 'a' },
  { route: 'work-tasks', title: 'agenda.tasks.title', icon: 'check', group: 'office', roles: ['*'], feature: agenda, with: ['work-task', 'work-task-new'], key: 'k' },
  { route: 'documents', title: 'documents.title', icon: 'file', group: 'office', roles: ['*'], feature: documents, with: ['document', 'document-new', 'document-edit', 'document-receive', 'document-numbers', 'document-pages'], key: 'g' },
  { route: 'meetings', title: 'meetings.title', icon: 'person', group: 'office', roles: ['*'], feature: meetings, with: ['meeting', 'meeting-new', 'meeting-change', 'meeting-minutes', 'meeting-screen', 'meeting-sign-in'], key: 'e' },
  { route: 'leave', title: 'leave.title', icon: 'swap', group: 'office', roles: ['*'], feature: leave, with: ['leave-new', 'leave-one'], key: 'v' },
  { route: 'attendance', title: 'attendance.title', icon: 'check', group: 'office', roles: ['*'], feature: attendance, with: ['attendance-corrections', 'attendance-correct', 'attendance-correction', 'attendance-unit', 'attendance-shifts'], key: 'q' },
  { route: 'windowduty', title: 'windowduty.title', icon: 'clock', group: 'office', roles: KEEPERS, feature: windowDuty, key: 'j' },
  { route: 'alert-desk', title: 'alertdesk.module', icon: 'bell', group: 'system', roles: ALERT_DESK, feature: alertDesk, with: ['alert-desk-new', 'alert-desk-one'], key: 'x' },
  { route: 'operations', title: 'operations.overview.title', icon: 'device', group: 'system', roles: OPERATIONS, feature: operations, with: ['operations-texts', 'operations-text', 'operations-wordings', 'operations-partners'], key: 'r' },
  { route: 'contacts', title: 'contacts.title', icon: 'phone', group: 'office', roles: ['*'], feature: contacts, with: ['contact', 'contact-departure'], key: 'l' },
  { route: 'inbox', title: 'desk.modules.inbox', icon: 'inbox', group: 'own', roles: ['*'], feature: inbox, with: ['message'], key: 'm' },
  { route: 'alerts', title: 'alerts.title', icon: 'info', group: 'own', roles: ['*'], feature: alerts, with: ['alert', 'alert-topics'], key: 'y' },
  { route: 'me', title: 'desk.modules.me', icon: 'person', group: 'own', roles: ['*'], feature: me, with: ['me-identity', 'me-phone', 'me-password', 'me-sessions', 'me-channels', 'me-data'] },
]
