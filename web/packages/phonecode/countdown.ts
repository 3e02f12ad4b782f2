import { computed, onScopeDispose, ref, type ComputedRef } from 'vue'

/** Seconds until a moment, counting down to 0; measured by elapsed time, so a phone's wrong clock does no harm. */
export function useCountdown(): { left: ComputedRef<number>; start(seconds: number): void } {
  const end = ref(0)
  const now = ref(performance.now())
  let timer = 0

  function start(seconds: number): void {
    now.value = performance.now()
    end.value = now.value + seconds * 1000
    clearInterval(timer)
    timer = setInterval(tick, 250) as unknown as number
  }

  function tick(): void {
    now.value = performance.now()
    if (now.value >= end.value) clearInterval(timer)
  }

  onScopeDispose(() => clearInterval(timer))
  return { left: computed(() => Math.max(0, Math.ceil((end.value - now.value) / 1000))), start }
}
