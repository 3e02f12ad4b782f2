import type { Feature } from '@suqian/shell'

/** Where a case stands, for anybody with its number and query code. */
export const feature: Feature = {
  area: 'progress',
  routes: [
    {
      path: '/progress',
      name: 'progress',
      component: () => import('./ProgressPage.vue'),
      meta: { title: 'progress.title', public: true },
    },
  ],
  texts: { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') },
}
