import type { Feature } from '@suqian/shell'

/** The bidder's path: company and papers, documents, questions, sealed bids, receipts, the opening. */
export const feature: Feature = {
  area: 'bidding',
  routes: [
    { path: '/bids', name: 'bids', component: () => import('./BidsPage.vue'), meta: { title: 'bidding.title' } },
    { path: '/bids/companies/new', name: 'company-new', component: () => import('./CompanyNewPage.vue'), meta: { title: 'bidding.company.new', plain: true } },
    { path: '/bids/companies/:id', name: 'company', component: () => import('./CompanyPage.vue'), props: true, meta: { title: 'bidding.company.one' } },
    { path: '/bids/invitations/:id', name: 'invitation', component: () => import('./InvitationPage.vue'), props: true, meta: { title: 'bidding.invited.one' } },
    { path: '/bids/:id/receipt', name: 'bid-receipt', component: () => import('./ReceiptPage.vue'), props: true, meta: { title: 'bidding.receipt.title' } },
    {
      path: '/tenders/sections/:id/room',
      name: 'bid-room',
      component: () => import('./RoomPage.vue'),
      props: ({ params, query }) => ({ id: String(params.id), project: String(query.project ?? '') }),
      meta: { title: 'bidding.room.title' },
    },
    {
      path: '/tenders/sections/:id/opening',
      name: 'opening',
      component: () => import('./OpeningPage.vue'),
      props: ({ params, query }) => ({ id: String(params.id), project: String(query.project ?? '') }),
      meta: { title: 'bidding.opening.title', public: true },
    },
  ],
  texts: { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') },
}

/** The same with a tab of its own, for the tender app. */
export const bidder: Feature = {
  ...feature,
  tabs: [{ route: 'bids', icon: 'lock', label: 'bidding.tab', hats: ['person', 'company', 'official'], order: 20, signedIn: true }],
}
