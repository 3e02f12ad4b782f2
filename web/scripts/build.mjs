/** Builds every app (or those named) into dist/<app> and finishes each: service worker, compressed copies. */
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'

import { appNames } from './files.mjs'

const root = join(import.meta.dirname, '..')
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
const named = process.argv.slice(2)

for (const app of named.length ? named : appNames(root)) {
  const env = { ...process.env, APP: app }
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: root, env, stdio: 'inherit' })
  execFileSync(process.execPath, [join(import.meta.dirname, 'finish-build.mjs'), app], { cwd: root, stdio: 'inherit' })
}
