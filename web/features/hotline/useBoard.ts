import type { Wallboard } from '@suqian/api-client'
import { faceOfError, type Face } from '@suqian/ui'
import { onMounted, onUnmounted, ref, shallowRef } from 'vue'

import { readBoard } from './api.ts'
import { useMoves } from './useMoves.ts'

const EVERY_MS = 20_000

/** The figures of the hotline, read anew when something moves, and now and then for what only time changes. */
export function useBoard() {
  const board = shallowRef<Wallboard | null>(null)
  const face = ref<Face>('loading')
  let timer: ReturnType<typeof setInterval> | undefined

  async function load(): Promise<void> {
    try {
      board.value = await readBoard()
      face.value = 'ready'
    } catch (error) {
      if (!board.value) face.value = faceOfError(error)
    }
  }
  useMoves(() => void load())
  onMounted(() => {
    void load()
    timer = setInterval(() => void load(), EVERY_MS)
  })
  onUnmounted(() => clearInterval(timer))
  return { board, face, load }
}
