import { feature as agenda } from '@suqian/features/agenda'
import { feature as alerts } from '@suqian/features/alerts'
import { feature as attendance } from '@suqian/features/attendance'
import { feature as contacts } from '@suqian/features/contacts'
import { feature as documents } from '@suqian/features/documents'
import { feature as inbox } from '@suqian/features/inbox'
import { feature as leave } from '@suqian/features/leave'
import { feature as me } from '@suqian/features/me'
import { feature as meetings } from '@suqian/features/meetings'
import { feature as signin } from '@suqian/features/signin'
import { startApp } from '@suqian/shell'

/** Documents have a tab of their own here; in the palm hall they are below the office's. */
const papers = { ...documents, tabs: [{ route: 'documents', icon: 'file' as const, label: 'documents.title', hats: ['official' as const], order: 20, signedIn: true }] }

void startApp({ name: 'office', features: [agenda, papers, meetings, leave, attendance, contacts, alerts, inbox, me, signin], start: '/agenda' })
