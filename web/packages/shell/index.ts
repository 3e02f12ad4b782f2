/** What holds an app together: features, routes, tabs, appearance. */
export { isElder, theme, type Theme } from './appearance.ts'
export type { AppOptions, Feature, Tab } from './feature.ts'
export { startApp } from './start.ts'
export { tabsFor, useTabs } from './tabs.ts'
export { useArrival } from './arrival.ts'
