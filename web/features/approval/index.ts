import { texts as formTexts } from '@suqian/forms/texts'
import { joinTexts } from '@suqian/i18n'
import type { Feature } from '@suqian/shell'

import { useApproval } from './store.ts'

const texts = joinTexts([
  { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') },
  formTexts,
])

/** An official's to-dos about cases, the case file, acts. */
export const feature: Feature = {
  area: 'approval',
  routes: [
    {
      path: '/approval',
      name: 'approval',
      component: () => import('./ApprovalPage.vue'),
      meta: { title: 'approval.title' },
    },
    {
      path: '/approval/cases/:id',
      name: 'approval-case',
      component: () => import('./CasePage.vue'),
      props: true,
      meta: { title: 'approval.file.title', plain: true },
    },
  ],
  tabs: [
    { route: 'approval', icon: 'task', label: 'approval.tab', hats: ['official'], order: 20, signedIn: true },
  ],
  texts,
  install: () => useApproval().follow(),
}

/** What is due today, over all kinds of work: the first page of an official in the palm hall. */
export const workbench: Feature = {
  area: 'approval',
  routes: [
    {
      path: '/workbench',
      name: 'workbench',
      component: () => import('./WorkbenchPage.vue'),
      meta: { title: 'approval.workbench.title' },
    },
  ],
  tabs: [
    { route: 'workbench', icon: 'home', label: 'approval.workbench.tab', hats: ['official'], order: 10, signedIn: true },
  ],
  texts,
}
