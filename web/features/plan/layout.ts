import type { CentreDay, CentrePlan, PlanHall, ServiceWindow } from '@suqian/api-client'

/** A rectangle on the plan. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}
export type Direction = 'left' | 'right' | 'up' | 'down'

/** A window with where it stands. */
export interface Placed {
  window: ServiceWindow
  hall: PlanHall
  zone: PlanHall['zones'][number]
}

/** Something done at windows: an item of the catalogue, or what is done at the counter only. */
export interface Matter {
  name: string
  numbers: string[]
}

const SIDEWAYS = 3

/** All windows of a centre, hall by hall. */
export function windowsOf(plan: Pick<CentrePlan, 'halls'>): Placed[] {
  return plan.halls.flatMap((hall) => hall.zones.flatMap((zone) => zone.windows.map((window) => ({ window, hall, zone }))))
}

/** The next window in a direction, by distance, those straight ahead first; null at the edge. */
export function neighbour<T extends { number: string; box: Box }>(from: T, all: readonly T[], direction: Direction): T | null {
  let best: T | null = null
  let least = Infinity
  for (const one of all) {
    const away = distance(from.box, one.box, direction)
    if (one.number !== from.number && away < least) [best, least] = [one, away]
  }
  return best
}

function distance(from: Box, to: Box, direction: Direction): number {
  const across = to.x + to.width / 2 - from.x - from.width / 2
  const down = to.y + to.height / 2 - from.y - from.height / 2
  const isLevel = direction === 'left' || direction === 'right'
  const ahead = (isLevel ? across : down) * (direction === 'left' || direction === 'up' ? -1 : 1)
  return ahead <= 0 ? Infinity : ahead + SIDEWAYS * Math.abs(isLevel ? down : across)
}

/** What is done in the centre and fits all words looked for, with the numbers of its windows, shut ones if no other. */
export function mattersFor(plan: Pick<CentrePlan, 'halls' | 'items'>, q: string, isEnglish: boolean): Matter[] {
  const words = q.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const fits = (...texts: string[]) => words.every((word) => texts.some((text) => text.toLowerCase().includes(word)))
  const found = new Map<string, Matter>()
  const items = new Map(plan.items.map((item) => [item.id, item]))
  const windows = windowsOf(plan).map(({ window }) => window)
  for (const window of [...windows.filter((one) => !one.closure), ...windows.filter((one) => one.closure)]) {
    const done = window.item_ids.flatMap((id) => items.get(id) ?? [])
    const counter = window.counter_services.map((name) => ({ name, name_en: '' }))
    const fitting = [...done, ...counter, window].filter((one) => fits(one.name, one.name_en))
    const names = new Set(fitting.map((one) => (isEnglish && one.name_en) || one.name))
    for (const name of names) if (!window.closure || !found.has(name)) add(found, name, window.number)
  }
  return [...found.values()]
}

function add(found: Map<string, Matter>, name: string, number: string): void {
  const known = found.get(name) ?? { name, numbers: [] }
  if (!known.numbers.includes(number)) known.numbers.push(number)
  found.set(name, known)
}

/** Whether a centre is open at a moment of its own day; `clock` as `09:30`. */
export function isOpenAt(day: CentreDay, today: string, clock: string): boolean {
  return day.date === today && day.intervals.some(({ opens, closes }) => opens <= clock && clock < closes)
}

type Size = Pick<PlanHall, 'width' | 'height'>

/**
 * Part of the plan that is in sight on a drawing of this shape (height over width): `zoom` times as near as the whole,
 * around a middle, beyond the walls only as far as the shape asks for.
 */
export function viewOf(hall: Size, zoom: number, middle: { x: number; y: number }, shape = hall.height / hall.width): Box {
  const width = Math.max(hall.width, hall.height / shape) / zoom
  const height = width * shape
  const within = (at: number, size: number, whole: number) =>
    size >= whole ? (whole - size) / 2 : Math.min(Math.max(at - size / 2, 0), whole - size)
  return { x: within(middle.x, width, hall.width), y: within(middle.y, height, hall.height), width, height }
}

const ALIKE = 1.05

/** How near a hall fills a drawing of this shape without a margin: 1 where the shapes are alike. */
export function fillingZoom(hall: Size, shape: number): number {
  const across = [hall.width, hall.height / shape]
  const zoom = Math.max(...across) / Math.min(...across)
  return zoom < ALIKE ? 1 : zoom
}

const SIGN = 18

/** Where the sign of a zone stands clear of its windows: below them, else upright on the wider side. */
export function signOf({ box, windows }: { box: Box; windows: readonly { box: Box }[] }): { x: number; y: number; upright: boolean } {
  const left = Math.min(...windows.map((one) => one.box.x)) - box.x
  const right = box.x + box.width - Math.max(...windows.map((one) => one.box.x + one.box.width))
  const below = box.y + box.height - Math.max(...windows.map((one) => one.box.y + one.box.height))
  if (below >= SIGN || Math.max(left, right) < SIGN) return { x: box.x + box.width / 2, y: box.y + box.height - 5, upright: false }
  const x = left > right ? box.x + left / 2 : box.x + box.width - right / 2
  return { x, y: box.y + box.height / 2, upright: true }
}

/** Whether somebody is at a window now; null where the duty roster says nothing, or the window is shut anyway. */
export function presenceAt(window: ServiceWindow): 'there' | 'away' | null {
  if (window.closure || !window.staffing?.rostered) return null
  return window.staffing.staffed ? 'there' : 'away'
}

/** The plan without who is at the windows now, for one that was kept a while ago. */
export function withoutPresence(plan: CentrePlan): CentrePlan {
  const bare = (one: ServiceWindow): ServiceWindow => ({ ...one, staffing: null })
  const halls = plan.halls.map((hall) => ({ ...hall, zones: hall.zones.map((zone) => ({ ...zone, windows: zone.windows.map(bare) })) }))
  return { ...plan, halls }
}
