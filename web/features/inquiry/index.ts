import { texts as offlineTexts } from '@suqian/offline/texts'
import { joinTexts } from '@suqian/i18n'
import type { Feature } from '@suqian/shell'

import { registerSending } from './sending.ts'

/** Asking the city: words first, sent by itself when there is a network; the story, the answer, what one thinks of it. */
export const feature: Feature = {
  area: 'inquiry',
  routes: [
    { path: '/inquiries', name: 'inquiries', component: () => import('./InquiriesPage.vue'), meta: { title: 'inquiry.title', public: true } },
    {
      path: '/inquiries/progress',
      name: 'inquiry-progress',
      component: () => import('./ProgressPage.vue'),
      meta: { title: 'inquiry.progress.title', public: true },
    },
    {
      path: '/inquiries/new',
      name: 'inquiry-new',
      component: () => import('./ComposePage.vue'),
      props: ({ query }) => ({ draft: String(query.draft ?? ''), type: String(query.type ?? ''), channel: String(query.channel ?? '') }),
      meta: { title: 'inquiry.compose.title', plain: true },
    },
    {
      path: '/inquiries/sent/:draft',
      name: 'inquiry-sent',
      component: () => import('./SentPage.vue'),
      props: true,
      meta: { title: 'inquiry.sent.title', plain: true },
    },
    { path: '/inquiries/:id', name: 'inquiry', component: () => import('./InquiryPage.vue'), props: true, meta: { title: 'inquiry.one' } },
  ],
  tabs: [{ route: 'inquiries', icon: 'comment', label: 'inquiry.tab', hats: ['person', 'company'], order: 40 }],
  texts: joinTexts([{ 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') }, offlineTexts]),
  install: registerSending,
}
