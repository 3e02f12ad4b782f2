import type { Feature } from '@suqian/shell'

/** Who writes and reviews tenders. */
export const TENDER_DESK = ['tender_editor', 'tender_reviewer'] as const
/** Who holds shares of the keys that open bids. */
export const TENDER_OPENERS = ['tender_opener'] as const

/** The tenderer's desk: projects, notices, questions, objections, lawful dates, keys; and the openings. */
export const feature: Feature = {
  area: 'tenderdesk',
  routes: [
    { path: '/desk/tenders', name: 'tender-desk', component: () => import('./ProjectsPage.vue'), meta: { title: 'tenderdesk.title' } },
    { path: '/desk/tenders/new', name: 'tender-desk-new', component: () => import('./NewProjectPage.vue'), meta: { title: 'tenderdesk.fresh.title' } },
    { path: '/desk/tenders/:id', name: 'tender-desk-project', component: () => import('./ProjectPage.vue'), props: true, meta: { title: 'tenderdesk.one' } },
    {
      path: '/desk/tenders/:project/write/:kind',
      name: 'tender-desk-write',
      component: () => import('./WritePage.vue'),
      props: ({ params, query }) => ({ project: String(params.project), kind: String(params.kind), section: String(query.section ?? '') }),
      meta: { title: 'tenderdesk.write.title' },
    },
    { path: '/desk/tenders/:project/notices/:id', name: 'tender-desk-notice', component: () => import('./NoticePage.vue'), props: true, meta: { title: 'tenderdesk.notice.title' } },
    { path: '/desk/tenders/:project/sections/:section/key', name: 'tender-desk-key', component: () => import('./KeyPage.vue'), props: true, meta: { title: 'tenderdesk.key.title' } },
    { path: '/desk/openings', name: 'tender-openings', component: () => import('./OpeningsPage.vue'), meta: { title: 'tenderdesk.openings.title' } },
    { path: '/desk/openings/:section', name: 'tender-opening', component: () => import('./OpeningPage.vue'), props: true, meta: { title: 'tenderdesk.opening.title' } },
  ],
  texts: { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') },
}
