import { feature as approval } from '@suqian/features/approval'
import { feature as signin } from '@suqian/features/signin'
import { texts as forms } from '@suqian/forms/texts'
import { startApp } from '@suqian/shell'

void startApp({ name: 'approval', features: [approval, signin], texts: [forms], hat: 'official' })
