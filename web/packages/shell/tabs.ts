import { useSession, type Hat } from '@suqian/session'
import { computed, inject, type ComputedRef, type InjectionKey } from 'vue'

import type { Tab } from './feature.ts'

export const TABS: InjectionKey<readonly Tab[]> = Symbol('tabs')
const MOST = 5

/** The tabs for a hat and the posts somebody holds, in their order, five at most. */
export function tabsFor(tabs: readonly Tab[], hat: Hat, isSignedIn: boolean, posts: readonly string[] = []): Tab[] {
  const held = (tab: Tab) => !tab.roles || tab.roles.some((role) => posts.includes(role))
  const fitting = tabs.filter((tab) => tab.hats.includes(hat) && (isSignedIn || !tab.signedIn) && held(tab))
  return fitting.sort((one, other) => one.order - other.order).slice(0, MOST)
}

/** The tabs of this app for whoever is here. */
export function useTabs(): ComputedRef<Tab[]> {
  const session = useSession()
  const all = inject(TABS, [])
  return computed(() => tabsFor(all, session.hat, session.isSignedIn, session.profile?.roles?.map(({ role }) => role)))
}
