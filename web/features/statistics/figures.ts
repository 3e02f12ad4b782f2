/** Counts and shares as people read them; what is hidden or cannot be said stays null. */
export function share(value: number | null): string | null {
  return value === null ? null : `${(Math.round(value * 1000) / 10).toFixed(1)}%`
}

/** A count with its thousands apart. */
export function count(value: number | null): string | null {
  return value === null ? null : value.toLocaleString('en-US')
}

/** Working days with one decimal. */
export function days(value: number | null): string | null {
  return value === null ? null : (Math.round(value * 10) / 10).toFixed(1)
}
