import { joinTexts } from '@suqian/i18n'
import { texts as officialsTexts } from '@suqian/officials/texts'
import type { Feature } from '@suqian/shell'

const query = (route: { query: Record<string, unknown> }, name: string): string => String(route.query[name] ?? '')

/** Meetings of officials: notices and answers, rooms, signing in at the place, minutes. */
export const feature: Feature = {
  area: 'meetings',
  routes: [
    { path: '/meetings', name: 'meetings', component: () => import('./MeetingsPage.vue'), meta: { title: 'meetings.title' } },
    { path: '/meetings/new', name: 'meeting-new', component: () => import('./CallPage.vue'), meta: { title: 'meetings.call.title', plain: true } },
    { path: '/meetings/:id', name: 'meeting', component: () => import('./MeetingPage.vue'), props: true, meta: { title: 'meetings.one' } },
    { path: '/meetings/:id/change', name: 'meeting-change', component: () => import('./CallPage.vue'), props: true, meta: { title: 'meetings.call.change', plain: true } },
    { path: '/meetings/:id/minutes', name: 'meeting-minutes', component: () => import('./MinutesPage.vue'), props: true, meta: { title: 'meetings.minutes.title', plain: true } },
    {
      path: '/meetings/:id/sign-in',
      name: 'meeting-sign-in',
      component: () => import('./SignInPage.vue'),
      props: (route) => ({ id: String(route.params.id), code: query(route, 'code') }),
      meta: { title: 'meetings.signIn.title', plain: true },
    },
    { path: '/meetings/:id/screen', name: 'meeting-screen', component: () => import('./ScreenPage.vue'), props: true, meta: { title: 'meetings.screen.title', plain: true } },
  ],
  texts: joinTexts([{ 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') }, officialsTexts]),
}
