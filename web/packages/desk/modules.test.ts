import { describe, expect, it } from 'vitest'

import { isIn, visibleModules, type DeskModule } from './modules.ts'

const module = (route: string, roles: string[], more: Partial<DeskModule> = {}): DeskModule => {
  return { route, title: route, icon: 'task', group: 'hotline', roles, feature: { area: route, routes: [], texts: {} as never }, ...more }
}

describe('the navigation of the desk', () => {
  it('shows what one of the posts works with, and what is everybody’s', () => {
    const all = [module('calls', ['hotline_operator']), module('orders', ['hotline_operator', 'hotline_office']), module('me', ['*'])]
    const routes = (...roles: string[]) => visibleModules(all, roles).map(({ route }) => route)
    expect(routes('hotline_office')).toEqual(['orders', 'me'])
    expect(routes('hotline_office', 'hotline_operator')).toEqual(['calls', 'orders', 'me'])
    expect(routes()).toEqual(['me'])
  })

  it('knows which pages lie in a module', () => {
    const orders = module('orders', ['*'], { with: ['order'] })
    expect([isIn(orders, 'orders'), isIn(orders, 'order'), isIn(orders, 'calls')]).toEqual([true, true, false])
  })
})
