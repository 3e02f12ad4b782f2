import type { RouteRecordRaw } from 'vue-router'

import type { AppOptions } from './feature.ts'

/**
 * The routes of an app. Paths are those of deep links; an app leaves out its own name in front of them, so that
 * `/approval/cases/1` is the same page in the approval app and, as `/palm/approval/cases/1`, in the palm hall.
 */
export function routesOf({ name, features, start }: AppOptions): RouteRecordRaw[] {
  const own = `/${name}`
  const routes = features.flatMap((feature) => feature.routes).map((route) => {
    const inside = route.path === own || route.path.startsWith(`${own}/`)
    return inside ? { ...route, path: route.path.slice(own.length) || '/' } : route
  })
  if (start && start !== '/') routes.push({ path: '/', redirect: start })
  routes.push({ path: '/:rest(.*)*', name: 'lost', component: () => import('./LostPage.vue'), meta: { public: true } })
  return routes
}
