import { joinTexts } from '@suqian/i18n'
import { texts as phonecodeTexts } from '@suqian/phonecode/texts'
import type { Feature } from '@suqian/shell'

/** Signing in: by SMS code for everybody, with password and authenticator for officials. */
export const feature: Feature = {
  area: 'signin',
  routes: [
    {
      path: '/signin',
      name: 'signin',
      component: () => import('./SignInPage.vue'),
      meta: { title: 'signin.title', public: true, plain: true },
    },
  ],
  texts: joinTexts([{ 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') }, phonecodeTexts]),
}
