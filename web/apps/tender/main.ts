import { feature as alerts } from '@suqian/features/alerts'
import { bidder } from '@suqian/features/bidding'
import { feature as inbox } from '@suqian/features/inbox'
import { feature as me } from '@suqian/features/me'
import { feature as signin } from '@suqian/features/signin'
import { tenderHome } from '@suqian/features/tender'
import { startApp, type Feature } from '@suqian/shell'

/** Messages have a tab of their own here. */
const messages = {
  ...inbox,
  tabs: [{ route: 'inbox', icon: 'mail', label: 'inbox.title', hats: ['person', 'company', 'official'], order: 40, signedIn: true }],
} satisfies Feature

void startApp({ name: 'tender', features: [tenderHome, bidder, alerts, messages, me, signin], start: '/tenders' })
