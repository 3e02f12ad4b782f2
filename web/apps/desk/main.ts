import { DeskFrame, deskFeature, featuresOf } from '@suqian/desk'
import { feature as signin } from '@suqian/features/signin'
import { startApp } from '@suqian/shell'

import { modules } from './src/modules.ts'

void startApp({ name: 'desk', features: [deskFeature(modules), ...featuresOf(modules), signin], frame: DeskFrame, hat: 'official' })
