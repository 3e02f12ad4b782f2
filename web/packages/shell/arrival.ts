import { nextTick, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute, useRouter } from 'vue-router'

/** On every new page: name it in the browser's tab and put the focus on its heading, as a fresh page would. */
export function useArrival(): void {
  const route = useRoute()
  const router = useRouter()
  const { t, locale } = useI18n()
  watch([() => route.meta.title, locale], name, { immediate: true })
  router.afterEach((to, from) => {
    if (from.matched.length > 0 && to.path !== from.path) void nextTick(focusHeading)
  })

  function name(): void {
    const own = route.meta.title ? t(route.meta.title) : ''
    document.title = [own, t('shell.product')].filter(Boolean).join(' · ')
  }
}

function focusHeading(): void {
  setTimeout(() => document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true }), 0)
}
