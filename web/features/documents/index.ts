import { joinTexts } from '@suqian/i18n'
import { texts as officialsTexts } from '@suqian/officials/texts'
import type { Feature } from '@suqian/shell'

/** Official documents: what waits for me, what I was given to read, what I write, the register of numbers. */
export const feature: Feature = {
  area: 'documents',
  routes: [
    { path: '/documents', name: 'documents', component: () => import('./DocumentsPage.vue'), meta: { title: 'documents.title' } },
    { path: '/documents/new', name: 'document-new', component: () => import('./WritePage.vue'), meta: { title: 'documents.write.title', plain: true } },
    { path: '/documents/receive', name: 'document-receive', component: () => import('./ReceivePage.vue'), meta: { title: 'documents.receive.title', plain: true } },
    { path: '/documents/numbers', name: 'document-numbers', component: () => import('./NumbersPage.vue'), meta: { title: 'documents.numbers.title' } },
    { path: '/documents/:id', name: 'document', component: () => import('./DocumentPage.vue'), props: true, meta: { title: 'documents.one' } },
    { path: '/documents/:id/edit', name: 'document-edit', component: () => import('./WritePage.vue'), props: true, meta: { title: 'documents.write.edit', plain: true } },
    { path: '/documents/:id/pages', name: 'document-pages', component: () => import('./PagesPage.vue'), props: true, meta: { title: 'documents.pages.title', plain: true } },
  ],
  texts: joinTexts([{ 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') }, officialsTexts]),
}
