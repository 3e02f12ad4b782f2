import { useSession } from '@suqian/session'
import { watch } from 'vue'
import { createRouter, createWebHistory, type RouteLocationNormalized, type Router } from 'vue-router'

import type { AppOptions } from './feature.ts'
import { routesOf } from './routes.ts'

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
