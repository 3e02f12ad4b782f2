import { useSession } from '@suqian/session'
import { watch } from 'vue'
import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteRecordRaw, type Router } from 'vue-router'

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

/** The router: history mode under the app's path, sign-in where a page needs it, back to where one was afterwards. */
export function createAppRouter(options: AppOptions): Router {
  const router = createRouter({
    history: createWebHistory(`/${options.name}/`),
    routes: routesOf(options),
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 }),
  })
  router.beforeEach((to) => {
    const session = useSession()
    if (to.meta.public || session.isSignedIn || !router.hasRoute('signin')) return true
    return signInFrom(to, options)
  })
  router.onError(reloadOnceForNewFiles)
  watch(() => useSession().hasExpired, (hasExpired) => {
    const here = router.currentRoute.value
    if (hasExpired && !here.meta.public && router.hasRoute('signin')) void router.replace(signInFrom(here, options))
  })
  return router
}

function signInFrom(to: RouteLocationNormalized, { hat }: AppOptions) {
  return { name: 'signin', query: { back: to.fullPath, ...(hat === 'official' ? { as: 'official' } : {}) }, replace: true }
}

const RELOADED = 'reloaded-for'

/** A page whose files were replaced by a newer version is loaded anew, once. */
function reloadOnceForNewFiles(error: unknown, to: RouteLocationNormalized): void {
  const missing = error instanceof TypeError && /module|import/i.test(error.message)
  if (!missing || !navigator.onLine || sessionStorage.getItem(RELOADED) === to.fullPath) return
  sessionStorage.setItem(RELOADED, to.fullPath)
  location.assign(to.fullPath.replace(/^\//, import.meta.env.BASE_URL))
}
