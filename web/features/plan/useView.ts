import type { PlanHall } from '@suqian/api-client'
import { computed, onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue'

import { fillingZoom, viewOf, type Box } from './layout.ts'

const STEP = 1.5
const MOST = 4
const SLACK = 6

/** What part of a hall is in sight: nearer, farther, pinched and dragged about. */
export function useView(hall: () => PlanHall, drawing: Readonly<Ref<SVGSVGElement | null>>) {
  const zoom = ref(1)
  const middle = ref({ x: 0, y: 0 })
  const shape = ref(0)
  const view = computed(() => viewOf(hall(), zoom.value, middle.value, shape.value || undefined))
  /** As near as the hall fills the drawing: on a phone, the plan is read from left to right. */
  const filling = computed(() => (shape.value ? Math.min(MOST, fillingZoom(hall(), shape.value)) : 1))
  let grip: { x: number; y: number; middle: { x: number; y: number } } | null = null
  const fingers = new Map<number, { x: number; y: number }>()
  let pinch: { span: number; zoom: number } | null = null
  const observer = new ResizeObserver(([entry]) => {
    if (entry?.contentRect.width) shape.value = Number((entry.contentRect.height / entry.contentRect.width).toFixed(2))
  })
  onMounted(() => drawing.value && observer.observe(drawing.value))
  onBeforeUnmount(() => observer.disconnect())
  watch([() => hall().code, filling], fill, { immediate: true })

  function fill(): void {
    whole()
    zoom.value = filling.value
    if (zoom.value > 1) middle.value = { x: 0, y: hall().height / 2 }
  }

  function nearer(): void {
    zoom.value = Math.min(MOST, zoom.value * STEP)
  }

  function farther(): void {
    zoom.value = zoom.value / STEP < 1.1 ? 1 : zoom.value / STEP
  }

  function whole(): void {
    zoom.value = 1
    middle.value = { x: hall().width / 2, y: hall().height / 2 }
  }

  /** Bring a place into sight, unless it is. */
  function show(box: Box): void {
    const { x, y, width, height } = view.value
    const isSeen = box.x >= x && box.y >= y && box.x + box.width <= x + width && box.y + box.height <= y + height
    if (!isSeen) middle.value = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }

  function grab(event: PointerEvent): void {
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    grip = null
    if (fingers.size === 2) pinch = { span: span(), zoom: zoom.value }
    else if (fingers.size === 1 && zoom.value > 1) hold(event)
  }

  function hold(event: { clientX: number; clientY: number }): void {
    const { x, y, width, height } = view.value
    grip = { x: event.clientX, y: event.clientY, middle: { x: x + width / 2, y: y + height / 2 } }
  }

  function drag(event: PointerEvent): void {
    if (!fingers.has(event.pointerId)) return
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    if (pinch) zoom.value = Math.min(MOST, Math.max(1, (pinch.zoom * span()) / pinch.span))
    else if (grip) pull(event)
  }

  function pull(event: PointerEvent): void {
    const shown = drawing.value?.getBoundingClientRect()
    if (!grip || !shown) return
    const [across, down] = [event.clientX - grip.x, event.clientY - grip.y]
    if (Math.hypot(across, down) < SLACK) return
    drawing.value?.setPointerCapture(event.pointerId)
    const units = view.value.width / shown.width
    middle.value = { x: grip.middle.x - across * units, y: grip.middle.y - down * units }
  }

  /** How far the first two fingers are apart, in pixels, never nothing. */
  function span(): number {
    const [one, other] = [...fingers.values()]
    return one && other ? Math.max(1, Math.hypot(one.x - other.x, one.y - other.y)) : 1
  }

  function drop(event: PointerEvent): void {
    fingers.delete(event.pointerId)
    pinch = null
    grip = null
  }

  return { view, zoom, filling, nearer, farther, whole, show, grab, drag, drop }
}
