/** Somebody, or with `isUnit` everybody of a unit. */
export interface Picked {
  id: string
  name: string
  unit: string
  isUnit?: boolean
}
