import { feature as agenda } from '@suqian/features/agenda'
import { feature as alertDesk } from '@suqian/features/alertdesk'
import { feature as alerts } from '@suqian/features/alerts'
import { feature as answered } from '@suqian/features/answered'
import { feature as apply } from '@suqian/features/apply'
import { feature as approval, workbench } from '@suqian/features/approval'
import { feature as attendance } from '@suqian/features/attendance'
import { feature as bidding } from '@suqian/features/bidding'
import { feature as cases } from '@suqian/features/cases'
import { feature as catalogue } from '@suqian/features/catalogue'
import { feature as handling } from '@suqian/features/handling'
import { feature as contacts } from '@suqian/features/contacts'
import { feature as documents } from '@suqian/features/documents'
import { feature as home } from '@suqian/features/home'
import { feature as inbox } from '@suqian/features/inbox'
import { feature as inquiry } from '@suqian/features/inquiry'
import { feature as mailbox } from '@suqian/features/mailbox'
import { feature as meetings } from '@suqian/features/meetings'
import { feature as progress } from '@suqian/features/progress'
import { feature as leave } from '@suqian/features/leave'
import { feature as me } from '@suqian/features/me'
import { feature as signin } from '@suqian/features/signin'
import { feature as tender } from '@suqian/features/tender'
import { startApp } from '@suqian/shell'

/** Five tabs at most: one's own matters are on the first page and under 我的. */ // not a text: name of a tab
const matters = { ...cases, tabs: [] }
const orders = { ...handling, tabs: [] }

void startApp({
  name: 'palm',
  features: [home, catalogue, progress, matters, apply, inquiry, answered, mailbox, tender, bidding, workbench, approval, orders, agenda, documents, meetings, leave, attendance, contacts, alerts, alertDesk, inbox, me, signin],
})
