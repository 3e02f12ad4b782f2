import { joinTexts } from '@suqian/i18n'
import { texts as officialsTexts } from '@suqian/officials/texts'
import type { Feature } from '@suqian/shell'

/** Who keeps the attendance of a unit: heads, and those who run the system. */
export const KEEPERS = ['approver', 'system_manager'] as const

/** Duty rosters of the windows, a week at a time. */
export const feature: Feature = {
  area: 'windowduty',
  routes: [{ path: '/duty', name: 'windowduty', component: () => import('./RosterPage.vue'), meta: { title: 'windowduty.title' } }],
  texts: joinTexts([{ 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') }, officialsTexts]),
}
