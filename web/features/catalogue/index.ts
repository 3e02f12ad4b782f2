import type { Feature } from '@suqian/shell'

/** What can be applied for: by topic, organisation, person or company, by searching; and the guide to each item. */
export const feature: Feature = {
  area: 'catalogue',
  routes: [
    {
      path: '/powers',
      name: 'catalogue',
      component: () => import('./CataloguePage.vue'),
      meta: { title: 'catalogue.title', public: true },
    },
    {
      path: '/powers/:id',
      name: 'power',
      component: () => import('./PowerPage.vue'),
      props: true,
      meta: { title: 'catalogue.guide', public: true, plain: true },
    },
  ],
  tabs: [{ route: 'catalogue', icon: 'catalogue', label: 'catalogue.tab', hats: ['person', 'company'], order: 20 }],
  texts: { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') },
}

/** Items under the code that never changes: addresses to print and to link to (`/hall/items/<code>`). */
export const items: Feature = {
  area: 'catalogue',
  routes: [
    {
      path: '/items/:code',
      name: 'item',
      component: () => import('./PowerPage.vue'),
      props: true,
      meta: { title: 'catalogue.guide', public: true },
    },
  ],
  texts: feature.texts,
}
