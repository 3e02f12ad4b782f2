import type { Feature } from '@suqian/shell'
import { defineAsyncComponent } from 'vue'

/** Who works at the hotline. */
export const HOTLINE = ['hotline_operator', 'hotline_dispatcher', 'hotline_leader', 'hotline_office'] as const
/** The card that comes up over whatever is on the screen when somebody calls. */
export const CallPop = defineAsyncComponent(() => import('./CallPop.vue'))

/** The card that tells dispatchers of an order that has just come. */
export const OrderNotice = defineAsyncComponent(() => import('./OrderNotice.vue'))

/** The 12345 hotline's desk: calls, orders, wallboard, hand-over of the shift. */
export const feature: Feature = {
  area: 'hotline',
  routes: [
    { path: '/desk/calls', name: 'hotline-calls', component: () => import('./CallsPage.vue'), meta: { title: 'hotline.calls.title' } },
    { path: '/desk/orders', name: 'hotline-orders', component: () => import('./OrdersPage.vue'), meta: { title: 'hotline.orders.title' } },
    { path: '/desk/orders/:id', name: 'hotline-order', component: () => import('./OrderPage.vue'), props: true, meta: { title: 'hotline.order.title' } },
    { path: '/desk/wallboard', name: 'hotline-wallboard', component: () => import('./WallboardPage.vue'), meta: { title: 'hotline.board.title' } },
    { path: '/desk/shift', name: 'hotline-shift', component: () => import('./ShiftPage.vue'), meta: { title: 'hotline.shift.title' } },
  ],
  texts: { 'zh-Hans': () => import('./texts/zh-Hans.json'), en: () => import('./texts/en.json') },
}
