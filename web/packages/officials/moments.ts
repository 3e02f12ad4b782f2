/** What a field of day and time holds for a moment: the wall clock of Suqian. */
export function toField(moment: string): string {
  return moment.slice(0, 16)
}

/** The moment that a field of day and time means: Suqian's wall clock, wherever the device is. */
export function fromField(value: string): string {
  return `${value}:00+08:00`
}
