import type { Feature } from '@suqian/shell'

/** The service centres as floor plans: which window does what now, and from there into the application. */
export const feature: Feature = {
  area: 'plan',
  routes: [{ path: '/plan', name: 'plan', component: () => import('./PlanPage.vue'), meta: { title: 'plan.title', public: true } }],
  texts: { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') },
}
