import { onBeforeUnmount, onMounted, type ShallowRef } from 'vue'

const BESIDE = '(width >= 900px)'

/** Tell the pages how high the bars at the bottom are, so that what sticks there sticks above them. */
export function useBarsHeight(bars: Readonly<ShallowRef<HTMLElement | null>>): void {
  const root = document.documentElement
  const beside = matchMedia(BESIDE)
  const observer = new ResizeObserver(measure)

  function measure(): void {
    const height = beside.matches ? 0 : (bars.value?.offsetHeight ?? 0)
    root.style.setProperty('--bars', `${height}px`)
  }

  onMounted(() => {
    if (bars.value) observer.observe(bars.value)
    beside.addEventListener('change', measure)
    measure()
  })
  onBeforeUnmount(() => {
    observer.disconnect()
    beside.removeEventListener('change', measure)
  })
}
