import '@suqian/ui/styles.css'

import { adoptLanguage, createTexts, joinTexts } from '@suqian/i18n'
import { useLive } from '@suqian/live'
import { useSession } from '@suqian/session'
import { texts as uiTexts } from '@suqian/ui/texts'
import { createPinia } from 'pinia'
import { createApp, watch, type App } from 'vue'

import { adoptElder, applyAppearance } from './appearance.ts'
import type { AppOptions } from './feature.ts'
import HandheldFrame from './HandheldFrame.vue'
import { followReading, startWorker } from './pwa.ts'
import { createAppRouter } from './router.ts'
import { TABS } from './tabs.ts'
import { texts as shellTexts } from './texts.ts'

/** Put an app together from its features and show it. */
export async function startApp(options: AppOptions): Promise<App> {
  applyAppearance()
  const sources = [uiTexts, shellTexts, ...options.features.map((feature) => feature.texts), ...(options.texts ?? [])]
  const app = createApp(options.frame ?? HandheldFrame)
  app.use(createPinia())
  const session = useSession()
  const [i18n] = await Promise.all([createTexts(joinTexts(sources)), session.start()])
  if (options.hat && session.hats.includes(options.hat)) session.wear(options.hat)
  app.use(i18n)
  const router = createAppRouter(options)
  app.use(router)
  app.provide(TABS, options.features.flatMap((feature) => feature.tabs ?? []))
  options.features.forEach((feature) => feature.install?.(app))
  useLive().start()
  followReading()
  adoptChoices()
  await router.isReady()
  app.mount('#app')
  startWorker(router)
  return app
}

/** What somebody chose on another device holds here too, from signing in on. */
function adoptChoices(): void {
  const session = useSession()
  watch(
    () => session.profile,
    (profile) => {
      if (!profile) return
      adoptElder(profile.preferences.elder_mode ?? false)
      void adoptLanguage(profile.language)
    },
    { immediate: true },
  )
}
