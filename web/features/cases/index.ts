import type { Feature } from '@suqian/shell'

/** My cases: the list, the story of each as it goes on, what I can do about it, and what I think of it. */
export const feature: Feature = {
  area: 'cases',
  routes: [
    { path: '/cases', name: 'cases', component: () => import('./CasesPage.vue'), meta: { title: 'cases.title' } },
    { path: '/cases/:id', name: 'case', component: () => import('./CasePage.vue'), props: true, meta: { title: 'cases.one' } },
    {
      path: '/cases/:id/documents/:number',
      name: 'case-document',
      component: () => import('./DocumentPage.vue'),
      props: true,
      meta: { title: 'cases.documents.one', plain: true },
    },
  ],
  tabs: [{ route: 'cases', icon: 'task', label: 'cases.tab', hats: ['person', 'company'], order: 30, signedIn: true }],
  texts: { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') },
}
