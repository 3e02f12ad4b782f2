const LEASE_MS = 15_000
const LOOK_MS = 120

/**
 * Run `work` while no other tab of this origin runs under the same name. Browsers that offer no locks (pages over plain
 * http) take turns by a lease in local storage, which ends by itself when its tab is closed.
 */
export async function exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
  if ('locks' in navigator) return navigator.locks.request(name, work)
  const token = await lease(`lock.${name}`)
  try {
    return await work()
  } finally {
    release(`lock.${name}`, token)
  }
}

async function lease(key: string): Promise<string> {
  const token = String(Math.random()).slice(2)
  for (;;) {
    const [, until] = (localStorage.getItem(key) ?? ':0').split(':')
    if (Number(until) < Date.now()) {
      localStorage.setItem(key, `${token}:${Date.now() + LEASE_MS}`)
      await pause(LOOK_MS / 4)
      if (localStorage.getItem(key)?.startsWith(`${token}:`)) return token
    }
    await pause(LOOK_MS)
  }
}

function release(key: string, token: string): void {
  if (localStorage.getItem(key)?.startsWith(`${token}:`)) localStorage.removeItem(key)
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
