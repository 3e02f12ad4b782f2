import type { Feature } from '@suqian/shell'
import type { IconName } from '@suqian/ui'
import type { Component, InjectionKey } from 'vue'

/** The headings of the navigation, in their order. */
export const GROUPS = ['hotline', 'tender', 'office', 'system', 'own'] as const
export type Group = (typeof GROUPS)[number]

/** A place in the navigation of the desk: one line a module. */
export interface DeskModule {
  /** Name of the route it leads to. */
  route: string
  /** Key of its name. */
  title: string
  icon: IconName
  group: Group
  /** Who sees it: posts of officials (`hotline_operator`), or `*` for everybody who is signed in. */
  roles: readonly string[]
  /** The feature that brings the route, its pages loaded when they are opened. */
  feature: Feature
  /** Other routes that lie in it. */
  with?: readonly string[]
  /** The key that leads there after `g`. */
  key?: string
  /** Lies over whatever page is open, for those who see the module: a call that comes in. */
  overlay?: Component
}

export const MODULES: InjectionKey<readonly DeskModule[]> = Symbol('desk modules')

/** The modules that somebody with these posts works with. */
export function visibleModules(modules: readonly DeskModule[], roles: readonly string[]): DeskModule[] {
  return modules.filter((module) => module.roles.some((role) => role === '*' || roles.includes(role)))
}

/** Whether a route lies in a module. */
export function isIn(module: DeskModule, route: string): boolean {
  return module.route === route || (module.with?.includes(route) ?? false)
}
