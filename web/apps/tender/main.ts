import { bidder } from '@suqian/features/bidding'
import { feature as inbox } from '@suqian/features/inbox'
import { feature as me } from '@suqian/features/me'
import { feature as signin } from '@suqian/features/signin'
import { tenderHome } from '@suqian/features/tender'
import { startApp } from '@suqian/shell'

void startApp({ name: 'tender', features: [tenderHome, bidder, inbox, me, signin], start: '/tenders' })
