import { useLive } from '@suqian/live'
import { onMounted, onUnmounted } from 'vue'

const SETTLE_MS = 700

/** Look again, at most once in a while, when an order or a call has moved; and when the connection is back. */
export function useMoves(look: () => void, concerns: (kind: string, id: string) => boolean = () => true): void {
  const live = useLive()
  let timer: ReturnType<typeof setTimeout> | undefined
  let stop = () => {}
  function soon(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      look()
    }, SETTLE_MS)
  }
  onMounted(() => {
    stop = live.onEvent(({ subject }) => {
      if (subject.kind.startsWith('inquiry') && concerns(subject.kind, subject.id)) soon()
    })
    addEventListener('online', soon)
  })
  onUnmounted(() => {
    stop()
    clearTimeout(timer)
    removeEventListener('online', soon)
  })
}
