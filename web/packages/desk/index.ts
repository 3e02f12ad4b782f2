/** What every desk at an office has in common: the frame with its modules, shortcuts, Element Plus in our colours. */
export { deskFeature, featuresOf } from './feature.ts'
export { default as DeskFrame } from './DeskFrame.vue'
export { isIn, visibleModules, type DeskModule, type Group } from './modules.ts'
export { activeShortcuts, useShortcuts, type Shortcut } from './shortcuts.ts'
