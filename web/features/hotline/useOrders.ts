import type { DeskRow, Wallboard } from '@suqian/api-client'
import { faceOfError, type Face } from '@suqian/ui'
import { ref, shallowRef, watch } from 'vue'

import { readBoard, readOrders, type Queue } from './api.ts'
import { useMoves } from './useMoves.ts'

/** A list of orders that follows what happens: as many pages as were opened are read anew. */
export function useOrders() {
  const rows = shallowRef<DeskRow[]>([])
  const board = shallowRef<Wallboard | null>(null)
  const next = ref<string | null>(null)
  const face = ref<Face>('loading')
  const queue = ref<Queue | ''>('')
  const number = ref('')
  /** A county's desk that the city looks into; empty for one's own. */
  const centre = ref('')
  let turn = 0

  async function load(pages = 1): Promise<void> {
    const own = ++turn
    try {
      const [found, figures] = await Promise.all([readPages(wanted(), pages), readBoard(centre.value || undefined)])
      if (own !== turn) return
      rows.value = found.items
      next.value = found.next
      board.value = figures
      face.value = rows.value.length ? 'ready' : 'empty'
    } catch (error) {
      if (own === turn && (face.value !== 'ready' || rows.value.length === 0)) face.value = faceOfError(error)
    }
  }

  function wanted() {
    return number.value ? { order_no: number.value } : { queue: queue.value || undefined, centre_id: centre.value || undefined }
  }

  async function readPages(query: Parameters<typeof readOrders>[0], pages: number) {
    let found = await readOrders(query)
    for (let page = 1; page < pages && found.next; page += 1) {
      const more = await readOrders(query, found.next)
      found = { items: [...found.items, ...more.items], next: more.next }
    }
    return found
  }

  const opened = () => Math.max(1, Math.ceil(rows.value.length / 50))
  const more = () => load(opened() + 1)
  watch([queue, number, centre], () => {
    face.value = 'loading'
    rows.value = []
    void load()
  })
  useMoves(() => void load(opened()))
  void load()
  return { rows, board, next, face, queue, number, centre, load, more }
}
