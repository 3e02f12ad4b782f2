import { useSession } from '@suqian/session'
import type { Feature } from '@suqian/shell'

/** The first page of people and companies: search, what waits for me, what is under way. Officials have their workbench. */
export const feature: Feature = {
  area: 'home',
  routes: [
    {
      path: '/',
      name: 'home',
      component: () => import('./HomePage.vue'),
      meta: { title: 'home.title', public: true },
      beforeEnter: () => (useSession().hat === 'official' ? { path: '/workbench', replace: true } : true),
    },
  ],
  tabs: [{ route: 'home', icon: 'home', label: 'home.tab', hats: ['person', 'company'], order: 10 }],
  texts: { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') },
}
