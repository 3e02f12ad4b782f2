import { feature as alerts } from '@suqian/features/alerts'
import { feature as answered } from '@suqian/features/answered'
import { feature as apply } from '@suqian/features/apply'
import { feature as bidding } from '@suqian/features/bidding'
import { feature as cases } from '@suqian/features/cases'
import { feature as catalogue, items } from '@suqian/features/catalogue'
import { feature as hall, HallFrame } from '@suqian/features/hall'
import { feature as inbox } from '@suqian/features/inbox'
import { feature as inquiry } from '@suqian/features/inquiry'
import { feature as mailbox } from '@suqian/features/mailbox'
import { feature as me } from '@suqian/features/me'
import { feature as plan } from '@suqian/features/plan'
import { feature as progress } from '@suqian/features/progress'
import { feature as signin } from '@suqian/features/signin'
import { feature as statistics } from '@suqian/features/statistics'
import { feature as tender } from '@suqian/features/tender'
import { startApp } from '@suqian/shell'

void startApp({
  name: 'hall',
  features: [hall, catalogue, items, plan, statistics, progress, cases, apply, inquiry, answered, mailbox, tender, bidding, alerts, inbox, me, signin],
  frame: HallFrame,
})
