/** The recurring pieces of the screens. Styles: `import '@suqian/ui/styles.css'` once an app. */
export { faceOfError, type Face } from './faces.ts'
export { ICONS, type IconName } from './icons.ts'
export { lookOf, type Look, type Tone } from './states.ts'
export { default as SButton } from './SButton.vue'
export { default as SFaces } from './SFaces.vue'
export { default as SIcon } from './SIcon.vue'
export { default as SPage } from './SPage.vue'
export { default as StatusChip } from './StatusChip.vue'
