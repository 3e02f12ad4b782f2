import { feature as approval, workbench } from '@suqian/features/approval'
import { feature as catalogue } from '@suqian/features/catalogue'
import { feature as home } from '@suqian/features/home'
import { feature as inbox } from '@suqian/features/inbox'
import { feature as signin } from '@suqian/features/signin'
import { startApp } from '@suqian/shell'

void startApp({ name: 'palm', features: [home, catalogue, workbench, approval, inbox, signin] })
