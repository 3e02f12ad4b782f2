import { joinTexts } from '@suqian/i18n'
import { texts as officialsTexts } from '@suqian/officials/texts'
import type { Feature } from '@suqian/shell'

/** Colleagues: found by unit, by signs or by pinyin; called and texted with one tap. */
export const feature: Feature = {
  area: 'contacts',
  routes: [
    { path: '/contacts', name: 'contacts', component: () => import('./ContactsPage.vue'), meta: { title: 'contacts.title' } },
    { path: '/contacts/:id', name: 'contact', component: () => import('./ContactPage.vue'), props: true, meta: { title: 'contacts.one' } },
    { path: '/contacts/:id/departure', name: 'contact-departure', component: () => import('./DeparturePage.vue'), props: true, meta: { title: 'contacts.departure.title', plain: true } },
  ],
  texts: joinTexts([{ 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') }, officialsTexts]),
}
