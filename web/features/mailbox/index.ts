import type { Feature } from '@suqian/shell'

/** The leaders' mailbox: its own limits, writing a letter, letters that were answered. */
export const feature: Feature = {
  area: 'mailbox',
  routes: [{ path: '/mailbox', name: 'mailbox', component: () => import('./MailboxPage.vue'), meta: { title: 'mailbox.title', public: true } }],
  texts: { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') },
}
