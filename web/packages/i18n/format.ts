import { currentLanguage } from './language.ts'

/** All times of the product are shown in Suqian's zone, wherever the phone is. */
const ZONE = 'Asia/Shanghai'
const DAY_MS = 24 * 3600 * 1000

function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const tag = currentLanguage() === 'en' ? 'en-GB' : 'zh-CN'
  return new Intl.DateTimeFormat(tag, { timeZone: ZONE, ...options })
}

/** The calendar day of a moment in Suqian, `2026-12-06`. */
export function dayOf(moment: string | Date): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, dateStyle: 'short' })
  return parts.format(new Date(moment))
}

/** Today in Suqian. */
export function today(): string {
  return dayOf(new Date())
}

/** Calendar days from one day to another; negative when the other lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((noon(to).getTime() - noon(from).getTime()) / DAY_MS)
}

/** A day as people say it: weekday always, the year only when it is another one. */
export function friendlyDay(day: string): string {
  const sameYear = day.slice(0, 4) === today().slice(0, 4)
  const options: Intl.DateTimeFormatOptions = { month: 'long', day: 'numeric', weekday: 'short' }
  return formatter(sameYear ? options : { ...options, year: 'numeric' }).format(noon(day))
}

/** A day without doubt. */
export function exactDay(day: string): string {
  return formatter({ dateStyle: 'full' }).format(noon(day))
}

/** A moment as people say it: the hour today, else the day and the hour. */
export function friendlyTime(moment: string): string {
  const time = formatter({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(moment))
  const day = dayOf(moment)
  if (day === today()) return time
  const sameYear = day.slice(0, 4) === today().slice(0, 4)
  const options: Intl.DateTimeFormatOptions = { month: 'long', day: 'numeric' }
  return `${formatter(sameYear ? options : { ...options, year: 'numeric' }).format(noon(day))} ${time}`
}

/** A moment without doubt. */
export function exactTime(moment: string): string {
  return formatter({ dateStyle: 'full', timeStyle: 'medium' }).format(new Date(moment))
}

/** Fen as yuan. */
export function money(fen: number): string {
  const tag = currentLanguage() === 'en' ? 'en-GB' : 'zh-CN'
  return new Intl.NumberFormat(tag, { style: 'currency', currency: 'CNY' }).format(fen / 100)
}

/** Bytes as people read them. */
export function fileSize(bytes: number): string {
  if (bytes < 1000 * 1000) return `${Math.max(1, Math.round(bytes / 1000))} kB`
  return `${(bytes / 1000 / 1000).toFixed(1)} MB`
}

function noon(day: string): Date {
  return new Date(`${day.slice(0, 10)}T12:00:00+08:00`)
}

/** A number as people read it aloud: mobiles in three parts, without the country's own prefix. */
export function phoneWords(number: string): string {
  const own = number.replace(/^\+86/, '')
  return /^1\d{10}$/.test(own) ? `${own.slice(0, 3)} ${own.slice(3, 7)} ${own.slice(7)}` : own
}
