import { joinTexts } from '@suqian/i18n'
import { texts as offlineTexts } from '@suqian/offline/texts'
import type { Feature } from '@suqian/shell'

/** Who has to do with orders: in the units, and at the hotline. */
const POSTS = ['inquiry_handler', 'inquiry_deputy', 'inquiry_head', 'hotline_operator', 'hotline_dispatcher', 'hotline_leader', 'hotline_office']

/** The unit's side of the hotline: orders by time left, signing, answers with law and papers, returns, extensions. */
export const feature: Feature = {
  area: 'handling',
  routes: [
    { path: '/inquiries/handling', name: 'inquiry-tasks', component: () => import('./TasksPage.vue'), meta: { title: 'handling.title' } },
    { path: '/inquiries/handling/:id', name: 'inquiry-handling', component: () => import('./OrderPage.vue'), props: true, meta: { title: 'handling.one', plain: true } },
  ],
  tabs: [{ route: 'inquiry-tasks', icon: 'phone', label: 'handling.tab', hats: ['official'], order: 25, signedIn: true, roles: POSTS }],
  texts: joinTexts([{ 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') }, offlineTexts]),
}
