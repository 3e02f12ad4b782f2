import { joinTexts } from '@suqian/i18n'
import { texts as officialsTexts } from '@suqian/officials/texts'
import type { Feature } from '@suqian/shell'

/** What an official has to do and when: the one inbox, schedules, tasks, the weekly report, who stands in. */
export const feature: Feature = {
  area: 'agenda',
  routes: [
    { path: '/agenda', name: 'agenda', component: () => import('./AgendaPage.vue'), meta: { title: 'agenda.title' } },
    { path: '/agenda/todos', name: 'todos', component: () => import('./TodosPage.vue'), meta: { title: 'agenda.todos.title' } },
    { path: '/agenda/tasks', name: 'work-tasks', component: () => import('./TasksPage.vue'), meta: { title: 'agenda.tasks.title' } },
    { path: '/agenda/tasks/new', name: 'work-task-new', component: () => import('./GiveTaskPage.vue'), meta: { title: 'agenda.tasks.give', plain: true } },
    { path: '/agenda/tasks/:id', name: 'work-task', component: () => import('./TaskPage.vue'), props: true, meta: { title: 'agenda.tasks.one' } },
    { path: '/agenda/report', name: 'weekly-report', component: () => import('./ReportPage.vue'), meta: { title: 'agenda.report.title' } },
    { path: '/agenda/settings', name: 'agenda-settings', component: () => import('./SettingsPage.vue'), meta: { title: 'agenda.settings.title' } },
  ],
  tabs: [{ route: 'agenda', icon: 'clock', label: 'agenda.tab', hats: ['official'], order: 30, signedIn: true }],
  texts: joinTexts([{ 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') }, officialsTexts]),
}
