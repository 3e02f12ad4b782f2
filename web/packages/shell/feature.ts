import type { TextSource } from '@suqian/i18n'
import type { Hat } from '@suqian/session'
import type { IconName } from '@suqian/ui'
import type { App, Component } from 'vue'
import type { RouteRecordRaw } from 'vue-router'

/** A place in the bar of tabs. */
export interface Tab {
  /** Name of the route it leads to. */
  route: string
  icon: IconName
  /** Key of its text. */
  label: string
  /** For whom; a visitor sees what a person sees unless `signedIn` is set. */
  hats: readonly Hat[]
  /** Place in the bar: 10 home, 20 catalogue or approval, 30 matters, 90 me. */
  order: number
  signedIn?: boolean
  /** For officials: only those who hold one of these posts. */
  roles?: readonly string[]
}

/** What an area brings into the apps that list it. */
export interface Feature {
  /** Name of the area: its folder, the top-level key of its texts. */
  area: string
  /** Paths as deep links name them (`/cases/:id`); route names are global, cross-links go by them. */
  routes: RouteRecordRaw[]
  tabs?: readonly Tab[]
  texts: TextSource
  /** What has to run once in every app with this feature, e.g. sending what waits. */
  install?: (app: App) => void
}

export interface AppOptions {
  /** Name of the app = its folder = its first path segment. */
  name: string
  features: readonly Feature[]
  /** Texts of the app itself and of packages beyond ui and shell. */
  texts?: readonly TextSource[]
  /** Path of the first page. */
  start?: string
  /** Draws the whole screen; must hold a `<RouterView>`. The handheld frame when left out. */
  frame?: Component
  /** Which hat the app is for; it is put on at the start (approval: `official`). */
  hat?: Hat
}

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's title, for the browser's tab and screen readers. */
    title?: string
    /** Visitors may come here too. Without it the person is asked to sign in and comes back. */
    public?: boolean
    /** Show no tabs and no bars: one task fills the screen (wizards, viewers, sign-in). */
    plain?: boolean
  }
}
