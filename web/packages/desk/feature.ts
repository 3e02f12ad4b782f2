import 'element-plus/es/components/base/style/css'
import './element.css'

import type { Feature } from '@suqian/shell'

import { MODULES, type DeskModule } from './modules.ts'

/** The desk itself: its first page, and the modules for the frame. */
export function deskFeature(modules: readonly DeskModule[]): Feature {
  return {
    area: 'desk',
    routes: [{ path: '/', name: 'home', component: () => import('./StartPage.vue'), meta: { title: 'desk.title' } }],
    texts: { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') },
    install: (app) => app.provide(MODULES, modules),
  }
}

/** The features behind the modules, each once. */
export function featuresOf(modules: readonly DeskModule[]): Feature[] {
  return [...new Set(modules.map((module) => module.feature))]
}
