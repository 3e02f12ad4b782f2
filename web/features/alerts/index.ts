import type { Feature } from '@suqian/shell'

/** Notices of the city: read by everybody, and chosen by topic. */
export const feature: Feature = {
  area: 'alerts',
  routes: [
    { path: '/alerts', name: 'alerts', component: () => import('./AlertsPage.vue'), meta: { title: 'alerts.title', public: true } },
    { path: '/alerts/topics', name: 'alert-topics', component: () => import('./TopicsPage.vue'), meta: { title: 'alerts.topics.title' } },
    { path: '/alerts/:id', name: 'alert', component: () => import('./AlertPage.vue'), props: true, meta: { title: 'alerts.one', public: true } },
  ],
  texts: { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') },
}
