import type { Feature } from '@suqian/shell'

/** What the web hall shows around every page, for wide screens and keyboards. */
export { default as HallFrame } from './HallFrame.vue'

/** The first page of the web hall: search, topics, what can be done online, how it works. */
export const feature: Feature = {
  area: 'hall',
  routes: [{ path: '/', name: 'home', component: () => import('./HallHome.vue'), meta: { title: 'hall.title', public: true } }],
  texts: { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') },
}
