import { feature as home } from '@suqian/features/home'
import { startApp } from '@suqian/shell'

void startApp({ name: 'palm', features: [home] })
