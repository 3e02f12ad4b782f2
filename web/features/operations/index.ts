import type { Feature } from '@suqian/shell'

/** Who looks after the running of the system. */
export const OPERATIONS = ['system_manager'] as const
const title = (name: string) => ({ title: `operations.${name}.title` })

/** What waits and fails, every text's story, wordings and their trial, partners that are told. */
export const feature: Feature = {
  area: 'operations',
  routes: [
    { path: '/desk/operations', name: 'operations', component: () => import('./OverviewPage.vue'), meta: title('overview') },
    { path: '/desk/operations/texts', name: 'operations-texts', component: () => import('./TextsPage.vue'), meta: title('texts') },
    { path: '/desk/operations/texts/:id', name: 'operations-text', component: () => import('./StoryPage.vue'), props: true, meta: title('story') },
    { path: '/desk/operations/wordings', name: 'operations-wordings', component: () => import('./WordingsPage.vue'), meta: title('wordings') },
    { path: '/desk/operations/partners', name: 'operations-partners', component: () => import('./PartnersPage.vue'), meta: title('partners') },
  ],
  texts: { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') },
}
