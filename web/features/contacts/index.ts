import type { Feature } from '@suqian/shell'

/** Colleagues: found by unit, by signs or by pinyin; called and texted with one tap. */
export const feature: Feature = {
  area: 'contacts',
  routes: [
    { path: '/contacts', name: 'contacts', component: () => import('./ContactsPage.vue'), meta: { title: 'contacts.title' } },
    { path: '/contacts/:id', name: 'contact', component: () => import('./ContactPage.vue'), props: true, meta: { title: 'contacts.one' } },
  ],
  texts: { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') },
}
