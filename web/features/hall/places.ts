import type { IconName } from '@suqian/ui'

/** A place in the navigation: the route it leads to, and the routes that belong to it. */
export interface Place {
  route: string
  icon: IconName
  with: readonly string[]
}

const PLACES: readonly Place[] = [
  { route: 'home', icon: 'home', with: [] },
  { route: 'catalogue', icon: 'catalogue', with: ['power', 'item', 'apply-new', 'apply'] },
  {
    route: 'inquiries',
    icon: 'comment',
    with: ['inquiry-new', 'inquiry-sent', 'inquiry', 'inquiry-progress', 'answered', 'answered-one', 'answered-statistics', 'mailbox'],
  },
  {
    route: 'tenders',
    icon: 'file',
    with: ['tender', 'tender-notice', 'tender-alerts', 'tender-subscriptions', 'tender-subscription', 'bids', 'bid-room', 'bid-receipt', 'opening', 'company', 'company-new'],
  },
  { route: 'plan', icon: 'map', with: [] },
  { route: 'statistics', icon: 'task', with: [] },
  { route: 'progress', icon: 'search', with: [] },
  { route: 'me', icon: 'person', with: ['me-identity', 'me-sessions', 'me-channels', 'me-data', 'cases', 'case', 'receipt', 'inbox', 'message'] },
]

/** What the app has; a module that is not there is not shown. */
export function placesOf(hasRoute: (name: string) => boolean): Place[] {
  return PLACES.filter(({ route }) => hasRoute(route))
}

/** Whether a route lies in a place. */
export function isIn(place: Place, route: string): boolean {
  return place.route === route || place.with.includes(route)
}
