import { joinTexts } from '@suqian/i18n'
import { texts as officialsTexts } from '@suqian/officials/texts'
import type { Feature } from '@suqian/shell'

/** Leave, trips and outings of officials: what is left, asking, deciding, coming back. */
export const feature: Feature = {
  area: 'leave',
  routes: [
    { path: '/leave', name: 'leave', component: () => import('./LeavePage.vue'), meta: { title: 'leave.title' } },
    { path: '/leave/new', name: 'leave-new', component: () => import('./AskPage.vue'), meta: { title: 'leave.ask.title', plain: true } },
    { path: '/leave/requests/:id', name: 'leave-one', component: () => import('./RequestPage.vue'), props: true, meta: { title: 'leave.one' } },
  ],
  texts: joinTexts([{ 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') }, officialsTexts]),
}
