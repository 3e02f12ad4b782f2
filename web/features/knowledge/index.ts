import type { Feature } from '@suqian/shell'

/** Who may look after the knowledge base: the hotline, and units for what is theirs. */
export const WRITERS = ['hotline_operator', 'hotline_dispatcher', 'hotline_leader', 'hotline_office', 'inquiry_handler', 'inquiry_deputy', 'inquiry_head'] as const
/** Who decides what everybody may read. */
export const PUBLISHERS = ['hotline_leader', 'hotline_office'] as const
/** Who sees the picture of what people ask for. */
export const WATCHERS = ['hotline_operator', 'hotline_dispatcher', 'hotline_leader', 'hotline_office'] as const

/** What answered questions leave behind: the knowledge base, what everybody may read, the picture of what is asked. */
export const feature: Feature = {
  area: 'knowledge',
  routes: [
    { path: '/desk/knowledge', name: 'knowledge', component: () => import('./EntriesPage.vue'), meta: { title: 'knowledge.title' } },
    { path: '/desk/knowledge/new', name: 'knowledge-new', component: () => import('./EntryPage.vue'), props: { id: '' }, meta: { title: 'knowledge.fresh' } },
    { path: '/desk/knowledge/:id', name: 'knowledge-entry', component: () => import('./EntryPage.vue'), props: true, meta: { title: 'knowledge.one' } },
    { path: '/desk/publications', name: 'hotline-publications', component: () => import('./PublicationsPage.vue'), meta: { title: 'knowledge.publications.title' } },
    { path: '/desk/hot-topics', name: 'hot-topics', component: () => import('./HotPage.vue'), meta: { title: 'knowledge.hot.title' } },
  ],
  texts: { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') },
}
