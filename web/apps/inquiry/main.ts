import { feature as alerts } from '@suqian/features/alerts'
import { feature as answered } from '@suqian/features/answered'
import { feature as inbox } from '@suqian/features/inbox'
import { feature as inquiry } from '@suqian/features/inquiry'
import { feature as mailbox } from '@suqian/features/mailbox'
import { feature as me } from '@suqian/features/me'
import { feature as signin } from '@suqian/features/signin'
import { startApp } from '@suqian/shell'

void startApp({ name: 'inquiry', features: [inquiry, answered, mailbox, alerts, inbox, me, signin], start: '/inquiries' })
