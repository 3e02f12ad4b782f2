import { joinTexts } from '@suqian/i18n'
import { texts as formTexts } from '@suqian/forms/texts'
import { useOutbox } from '@suqian/offline'
import { texts as offlineTexts } from '@suqian/offline/texts'
import type { Feature } from '@suqian/shell'

import { registerFiling } from './filing.ts'

/** Applying: the wizard of an item, what the agency asked to be added, the receipt. */
export const feature: Feature = {
  area: 'apply',
  routes: [
    {
      path: '/powers/:power/apply',
      name: 'apply-new',
      component: () => import('./ApplyNewPage.vue'),
      props: true,
      meta: { title: 'apply.title', plain: true },
    },
    {
      path: '/apply/:id',
      name: 'apply',
      component: () => import('./WizardPage.vue'),
      props: true,
      meta: { title: 'apply.title', plain: true },
    },
    {
      path: '/cases/:id/receipt',
      name: 'receipt',
      component: () => import('./ReceiptPage.vue'),
      props: true,
      meta: { title: 'apply.receipt.title' },
    },
  ],
  texts: joinTexts([
    { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') },
    formTexts,
    offlineTexts,
  ]),
  install: () => {
    registerFiling()
    useOutbox().start()
  },
}
