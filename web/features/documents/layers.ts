import type { DocumentLayerShape, DocumentShape } from '@suqian/api-client'

/** A point of a page, both from 0 to 1. */
export type Point = [number, number]
export type Stroke = Point[]

const MOST_STROKES = 400
/** Closer points add nothing that one could see. */
const LEAST_STEP = 0.002

/** The file whose pages one writes on: the printed page of an outgoing document, else the first PDF that came with it. */
export function pageFileOf(document: DocumentShape): string | null {
  return document.page_file_id ?? document.files.find((file) => file.media_type === 'application/pdf')?.id ?? null
}

/** Where a finger is on a page, kept inside it. */
export function pointAt(event: { clientX: number; clientY: number }, box: { left: number; top: number; width: number; height: number }): Point {
  const inside = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000
  return [inside((event.clientX - box.left) / box.width), inside((event.clientY - box.top) / box.height)]
}

/** A stroke with one more point, if it is far enough from the last one. */
export function grown(stroke: Stroke, point: Point): Stroke {
  const last = stroke.at(-1)
  const isNear = last && Math.hypot(point[0] - last[0], point[1] - last[1]) < LEAST_STEP
  return isNear ? stroke : [...stroke, point]
}

/** Whether one more stroke fits on the page. */
export const hasRoom = (strokes: readonly Stroke[]): boolean => strokes.length < MOST_STROKES

/** What somebody wrote on a page: strokes, and words beside them. */
export interface Written {
  strokes: readonly Stroke[]
  words: string
}

/** What I wrote here together with what I wrote on another device, when both began from `base`. */
export function together(base: Written, mine: Written, theirs: Written): { strokes: Stroke[]; words: string } {
  const keysOf = (written: Written) => new Set(written.strokes.map((stroke) => JSON.stringify(stroke)))
  const [before, here, there] = [keysOf(base), keysOf(mine), keysOf(theirs)]
  const isErased = (key: string) => before.has(key) && !here.has(key)
  const isNew = (key: string) => !before.has(key) && !there.has(key)
  const kept = theirs.strokes.filter((stroke) => !isErased(JSON.stringify(stroke)))
  const added = mine.strokes.filter((stroke) => isNew(JSON.stringify(stroke)))
  return { strokes: [...kept, ...added], words: wordsTogether(base.words, mine.words, theirs.words) }
}

function wordsTogether(base: string, mine: string, theirs: string): string {
  if (mine === base || mine === theirs) return theirs
  return theirs === base || theirs === '' ? mine : `${theirs}\n${mine}`
}

/** A stroke as the path of a drawing 1 wide and 1 high; a tap is a dot. */
export function pathOf(stroke: readonly (readonly number[])[]): string {
  const [first, ...rest] = stroke
  if (!first) return ''
  const start = `M${first[0]} ${first[1]}`
  return rest.length > 0 ? start + rest.map(([x, y]) => `L${x} ${y}`).join('') : `${start}l0.0001 0`
}

/** What I wrote on a page, and what others did. */
export function layersOn(layers: readonly DocumentLayerShape[], page: number) {
  const here = layers.filter((layer) => layer.page === page)
  return { own: here.find((layer) => layer.is_own) ?? null, others: here.filter((layer) => !layer.is_own) }
}
