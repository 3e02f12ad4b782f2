/**
 * Builds every app (or those named) into dist/<app>: Vite, then the service worker and compressed copies. An app is
 * built beside and takes its place whole, so that a running server never shows half of one.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { appNames } from './files.mjs'
import { finish } from './finish-build.mjs'

const root = join(import.meta.dirname, '..')
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')

async function build(app) {
  const made = join(root, 'dist', `.${app}.${process.pid}`)
  const place = join(root, 'dist', app)
  const old = `${made}.old`
  mkdirSync(made, { recursive: true })
  try {
    const env = { ...process.env, APP: app, OUT: made, NODE_ENV: 'production' }
    execFileSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: root, env, stdio: 'inherit' })
    console.log(`${app}: ${await finish(app, made)}`)
    if (existsSync(place)) renameSync(place, old)
    renameSync(made, place)
  } finally {
    rmSync(made, { recursive: true, force: true })
    rmSync(old, { recursive: true, force: true })
  }
}

const named = process.argv.slice(2)
for (const app of named.length ? named : appNames(root)) await build(app)
