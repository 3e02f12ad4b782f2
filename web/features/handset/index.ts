import type { Feature } from '@suqian/shell'

/** Phones on a table, for demonstrations: the texts of several numbers side by side, and replies. */
export const feature: Feature = {
  area: 'handset',
  routes: [
    {
      path: '/',
      name: 'handset',
      component: () => import('./HandsetPage.vue'),
      meta: { title: 'handset.title', public: true, plain: true },
    },
  ],
  texts: { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') },
}
