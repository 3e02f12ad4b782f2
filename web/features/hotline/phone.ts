/** A number as people read it aloud: mobiles in three parts, without the country's own prefix. */
export function phoneWords(number: string): string {
  const own = number.replace(/^\+86/, '')
  return /^1\d{10}$/.test(own) ? `${own.slice(0, 3)} ${own.slice(3, 7)} ${own.slice(7)}` : own
}
