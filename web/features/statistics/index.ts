import type { Feature } from '@suqian/shell'

/** The published figures: how much, how fast, how content; each picture with an equal table. */
export const feature: Feature = {
  area: 'statistics',
  routes: [
    {
      path: '/statistics',
      name: 'statistics',
      component: () => import('./StatisticsPage.vue'),
      meta: { title: 'statistics.title', public: true },
    },
  ],
  texts: { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') },
}
