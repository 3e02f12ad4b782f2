/** Choosing colleagues and units; files of what they work on. */
export { addFile, readFile, saveFile } from './files.ts'
export { default as PeopleField } from './PeopleField.vue'
export type { Picked } from './picked.ts'
export { fromField, toField } from './moments.ts'
