import type { Feature } from '@suqian/shell'

/** What others asked and the city answered, for everybody; and the figures of the hotline. */
export const feature: Feature = {
  area: 'answered',
  routes: [
    { path: '/answered', name: 'answered', component: () => import('./AnsweredPage.vue'), meta: { title: 'answered.title', public: true } },
    {
      path: '/answered/statistics',
      name: 'answered-statistics',
      component: () => import('./FiguresPage.vue'),
      meta: { title: 'answered.figures.title', public: true },
    },
    {
      path: '/answered/:id',
      name: 'answered-one',
      component: () => import('./AnsweredOnePage.vue'),
      props: true,
      meta: { title: 'answered.one', public: true },
    },
  ],
  texts: { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') },
}
