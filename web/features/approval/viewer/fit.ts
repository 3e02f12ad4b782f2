export interface Size {
  width: number
  height: number
}
export type Turn = 0 | 90 | 180 | 270
export const LEAST = 1
export const MOST = 6
const STEP = 1.5

/** A quarter to the right. */
export function turned(turn: Turn): Turn {
  return ((turn + 90) % 360) as Turn
}

export function zoomedIn(zoom: number): number {
  return Math.min(MOST, zoom * STEP)
}

export function zoomedOut(zoom: number): number {
  return Math.max(LEAST, zoom / STEP)
}

export function within(zoom: number): number {
  return Math.max(LEAST, Math.min(MOST, zoom))
}

/** The size of a page turned and zoomed so that at 1 it is seen whole. */
export function shownSize(page: Size, stage: Size, turn: Turn, zoom: number): { box: Size; page: Size } {
  const lies = turn % 180 !== 0
  const upright = lies ? { width: page.height, height: page.width } : page
  const fit = Math.min(stage.width / upright.width, stage.height / upright.height)
  const scale = (Number.isFinite(fit) && fit > 0 ? fit : 1) * zoom
  const scaled = (size: Size) => ({ width: size.width * scale, height: size.height * scale })
  return { box: scaled(upright), page: scaled(page) }
}
