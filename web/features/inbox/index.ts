import type { Feature } from '@suqian/shell'

/** The message centre: what the person was told, and how each message reached them. */
export const feature: Feature = {
  area: 'inbox',
  routes: [
    { path: '/inbox', name: 'inbox', component: () => import('./InboxPage.vue'), meta: { title: 'inbox.title' } },
    {
      path: '/inbox/:id',
      name: 'message',
      component: () => import('./MessagePage.vue'),
      props: true,
      meta: { title: 'inbox.message' },
    },
  ],
  texts: { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') },
}
