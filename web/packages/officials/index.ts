/** Choosing colleagues and units. */
export { default as PeopleField } from './PeopleField.vue'
export type { Picked } from './picked.ts'
export { fromField, toField } from './moments.ts'
