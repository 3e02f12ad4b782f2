/// <reference lib="webworker" />

declare const __BASE__: string
declare const __VERSION__: string
declare const __FILES__: string[]

/** Path of the app on the server, `/palm/`. */
export const BASE = __BASE__
const PREFIX = `shell ${BASE} `
const CACHE = PREFIX + __VERSION__
const INDEX = `${BASE}index.html`

/** Put the files of this version aside. What the version before had under the same hashed name is taken from there. */
export async function precache(): Promise<void> {
  const cache = await caches.open(CACHE)
  await Promise.all(__FILES__.map((file) => put(cache, BASE + file)))
}

async function put(cache: Cache, path: string): Promise<void> {
  if (await cache.match(path)) return
  const known = path.includes('/assets/') ? await caches.match(path) : undefined
  const response = known ?? (await fetch(path === INDEX ? BASE : path, { cache: 'no-cache', credentials: 'same-origin' }))
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  await cache.put(path, response)
}

/** Throw the files of other versions of this app away. */
export async function forgetOthers(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)))
}

/** The file for a request of this app: put aside, else from the server. Undefined for what is not ours to answer. */
export function answerFor(request: Request): Promise<Response> | undefined {
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin || !url.pathname.startsWith(BASE)) return undefined
  const isFile = url.pathname.split('/').at(-1)?.includes('.')
  if (request.mode === 'navigate') return isFile ? undefined : kept(INDEX, request)
  return url.pathname.startsWith(`${BASE}assets/`) ? kept(url.pathname, request) : undefined
}

async function kept(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  return (await cache.match(path)) ?? fetch(request)
}
