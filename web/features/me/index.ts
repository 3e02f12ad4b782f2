import { joinTexts } from '@suqian/i18n'
import { texts as phonecodeTexts } from '@suqian/phonecode/texts'
import type { Feature } from '@suqian/shell'

/** One's own account: who one is, how one is told, how the app looks, who looked at one's data. */
export const feature: Feature = {
  area: 'me',
  routes: [
    { path: '/me', name: 'me', component: () => import('./MePage.vue'), meta: { title: 'me.title', public: true } },
    { path: '/me/identity', name: 'me-identity', component: () => import('./IdentityPage.vue'), meta: { title: 'me.identity.title' } },
    { path: '/me/phone', name: 'me-phone', component: () => import('./PhonePage.vue'), meta: { title: 'me.phone.title' } },
    { path: '/me/password', name: 'me-password', component: () => import('./PasswordPage.vue'), meta: { title: 'me.password.title', hats: ['official'] } },
    { path: '/me/sessions', name: 'me-sessions', component: () => import('./SessionsPage.vue'), meta: { title: 'me.sessions.title' } },
    { path: '/me/channels', name: 'me-channels', component: () => import('./ChannelsPage.vue'), meta: { title: 'me.channels.title' } },
    { path: '/me/data', name: 'me-data', component: () => import('./DataPage.vue'), meta: { title: 'me.data.title' } },
  ],
  tabs: [{ route: 'me', icon: 'person', label: 'me.tab', hats: ['person', 'company', 'official'], order: 90 }],
  texts: joinTexts([{ 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') }, phonecodeTexts]),
}
