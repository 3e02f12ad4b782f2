import { dayOf } from '@suqian/i18n'

/** What a field of day and time holds for a moment: the wall clock of Suqian, whatever zone the moment is written in. */
export function toField(moment: string): string {
  const at = new Date(moment)
  if (Number.isNaN(at.getTime())) return ''
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return `${dayOf(at)}T${clock.format(at)}`
}

/** The moment that a field of day and time means: Suqian's wall clock, wherever the device is. */
export function fromField(value: string): string {
  return `${value}:00+08:00`
}
