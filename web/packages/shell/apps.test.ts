import { describe, expect, it } from 'vitest'

import type { Feature, Tab } from './feature.ts'
import { tabsFor } from './tabs.ts'

const tab = (route: string, order: number, change: Partial<Tab> = {}): Tab => {
  return { route, icon: 'home', label: route, hats: ['person'], order, ...change }
}

describe('tabs', () => {
  it('shows those of the hat in their order, five at most', () => {
    const tabs = [tab('f', 60), tab('b', 20), tab('a', 10), tab('x', 15, { hats: ['official'] }), tab('c', 30), tab('d', 40), tab('e', 50)]
    expect(tabsFor(tabs, 'person', true).map(({ route }) => route)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(tabsFor(tabs, 'official', true).map(({ route }) => route)).toEqual(['x'])
  })

  it('keeps what needs a person from visitors', () => {
    expect(tabsFor([tab('a', 1), tab('b', 2, { signedIn: true })], 'person', false)).toHaveLength(1)
  })
})

describe('addresses of an app', () => {
  it('leaves the own name out and keeps everybody else’s', async () => {
    const { routesOf } = await import('./routes.ts')
    const component = () => Promise.resolve({})
    const features = [
      { routes: [{ path: '/approval', component }, { path: '/approval/cases/:id', component }, { path: '/inbox', component }] },
    ] as unknown as Feature[]
    const paths = (name: string, start?: string) => routesOf({ name, features, start }).map((route) => route.path)
    expect(paths('approval')).toEqual(['/', '/cases/:id', '/inbox', '/:rest(.*)*'])
    expect(paths('palm', '/inbox')).toEqual(['/approval', '/approval/cases/:id', '/inbox', '/', '/:rest(.*)*'])
  })
})
