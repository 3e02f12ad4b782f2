const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const ID_CHECKS = '10X98765432'
const CREDIT_SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** Whether this is a citizen identity number: a day that exists and the right check character (GB 11643). */
export function isIdNumber(value: string): boolean {
  if (!/^\d{17}[\dX]$/.test(value)) return false
  if (!isDay(`${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`)) return false
  const sum = ID_WEIGHTS.reduce((total, weight, place) => total + weight * Number(value[place]), 0)
  return ID_CHECKS[sum % 11] === value[17]
}

/** Whether this is a unified social credit code with the right check character (GB 32100). */
export function isCreditCode(value: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(value)) return false
  let sum = 0
  let weight = 1
  for (const sign of value.slice(0, 17)) {
    sum += CREDIT_SIGNS.indexOf(sign) * weight
    weight = (weight * 3) % 31
  }
  return CREDIT_SIGNS[(31 - (sum % 31)) % 31] === value[17]
}

/** Whether this is a mobile number of the mainland. */
export function isMobile(value: string): boolean {
  return /^1[3-9]\d{9}$/.test(value)
}

/** Whether this day exists, `2026-02-30` does not. */
export function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const day = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === value
}
