interface Badged {
  setAppBadge?: (count: number) => Promise<void>
  clearAppBadge?: () => Promise<void>
}

/** Show how much is unread on the app's icon, where the system can; for pages and for the worker. */
export async function setBadge(count: number): Promise<void> {
  const badge = navigator as Badged
  await (count > 0 ? badge.setAppBadge?.(count) : badge.clearAppBadge?.())?.catch(() => undefined)
}
