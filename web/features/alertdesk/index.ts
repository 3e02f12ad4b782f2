import type { Feature } from '@suqian/shell'

/** Who writes notices of the city, and who lets them go. */
export const ALERT_DESK = ['system_manager', 'hotline_leader', 'supervisor'] as const

/** Notices to many at the desk: written by one, let go by another, taken back. */
export const feature: Feature = {
  area: 'alertdesk',
  routes: [
    { path: '/desk/notices', name: 'alert-desk', component: () => import('./AlertsPage.vue'), meta: { title: 'alertdesk.title' } },
    { path: '/desk/notices/new', name: 'alert-desk-new', component: () => import('./WritePage.vue'), meta: { title: 'alertdesk.write.title' } },
    { path: '/desk/notices/:id', name: 'alert-desk-one', component: () => import('./AlertPage.vue'), props: true, meta: { title: 'alertdesk.one' } },
  ],
  texts: { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') },
}
