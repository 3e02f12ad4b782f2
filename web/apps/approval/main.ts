import { feature as alerts } from '@suqian/features/alerts'
import { feature as approval } from '@suqian/features/approval'
import { feature as handling } from '@suqian/features/handling'
import { feature as inbox } from '@suqian/features/inbox'
import { feature as me } from '@suqian/features/me'
import { feature as signin } from '@suqian/features/signin'
import { startApp } from '@suqian/shell'

void startApp({ name: 'approval', features: [approval, handling, alerts, inbox, me, signin], hat: 'official' })
