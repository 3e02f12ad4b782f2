import type { Feature } from '@suqian/shell'

/** Messages lead to the aliases. */
const routes: Feature['routes'] = [
  { path: '/tenders', name: 'tenders', component: () => import('./TendersPage.vue'), meta: { title: 'tender.title', public: true } },
  {
    path: '/tender-subscriptions',
    name: 'tender-subscriptions',
    component: () => import('./SubscriptionsPage.vue'),
    meta: { title: 'tender.subscriptions.title' },
  },
  {
    path: '/tender-subscriptions/:id',
    name: 'tender-subscription',
    component: () => import('./SubscriptionPage.vue'),
    props: true,
    meta: { title: 'tender.subscriptions.one', plain: true },
  },
  {
    path: '/tender-alerts',
    name: 'tender-alerts',
    alias: '/tenders/alerts',
    component: () => import('./AlertsPage.vue'),
    meta: { title: 'tender.alerts.title' },
  },
  {
    path: '/tenders/notices/:id',
    name: 'tender-notice',
    component: () => import('./NoticePage.vue'),
    props: true,
    meta: { title: 'tender.notice.one', public: true },
  },
  {
    path: '/tenders/:id',
    name: 'tender',
    alias: '/tenders/projects/:id',
    component: () => import('./TenderPage.vue'),
    props: true,
    meta: { title: 'tender.one', public: true },
  },
]
const texts: Feature['texts'] = { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') }

/** Tenders for everybody: what is on, the whole story of each, and being told of new ones. */
export const feature: Feature = {
  area: 'tender',
  routes,
  tabs: [{ route: 'tenders', icon: 'file', label: 'tender.tab', hats: ['person', 'company'], order: 50 }],
  texts,
}

/** The same in the tender app, where it comes first and saved searches have a tab of their own. */
export const tenderHome: Feature = {
  ...feature,
  tabs: [
    { route: 'tenders', icon: 'file', label: 'tender.tab', hats: ['person', 'company', 'official'], order: 10 },
    { route: 'tender-subscriptions', icon: 'bell', label: 'tender.subscriptions.tab', hats: ['person', 'company', 'official'], order: 30, signedIn: true },
  ],
}
