import { feature as handset } from '@suqian/features/handset'
import { startApp } from '@suqian/shell'

void startApp({ name: 'handset', features: [handset] })
