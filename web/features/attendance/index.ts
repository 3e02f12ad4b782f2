import { joinTexts } from '@suqian/i18n'
import { useOutbox } from '@suqian/offline'
import { texts as offlineTexts } from '@suqian/offline/texts'
import type { Feature } from '@suqian/shell'

import { registerPunching } from './punching.ts'

/** Coming and going: today's punches, one's own month before anybody else sees it, corrections, a unit's month. */
export const feature: Feature = {
  area: 'attendance',
  routes: [
    { path: '/attendance', name: 'attendance', component: () => import('./AttendancePage.vue'), meta: { title: 'attendance.title' } },
    { path: '/attendance/corrections', name: 'attendance-corrections', component: () => import('./CorrectionsPage.vue'), meta: { title: 'attendance.corrections.title' } },
    {
      path: '/attendance/corrections/new',
      name: 'attendance-correct',
      component: () => import('./CorrectPage.vue'),
      props: ({ query }) => ({ day: String(query.day ?? '') }),
      meta: { title: 'attendance.correct.title', plain: true },
    },
    { path: '/attendance/corrections/:id', name: 'attendance-correction', component: () => import('./CorrectionPage.vue'), props: true, meta: { title: 'attendance.corrections.one' } },
    { path: '/attendance/unit', name: 'attendance-unit', component: () => import('./UnitPage.vue'), meta: { title: 'attendance.unit.title' } },
    { path: '/attendance/shifts', name: 'attendance-shifts', component: () => import('./ShiftsPage.vue'), meta: { title: 'attendance.shifts.title' } },
  ],
  texts: joinTexts([{ 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') }, offlineTexts]),
  install: () => {
    registerPunching()
    useOutbox().start()
  },
}
