import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const SKIPPED = new Set(['node_modules', 'dist'])

/** All files below a folder, as paths, in a fixed order. */
export function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !SKIPPED.has(entry.name) && !entry.name.startsWith('.'))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
}

/** Names of the apps: folders of apps/ with an index.html. */
export function appNames(root) {
  return readdirSync(join(root, 'apps'))
    .filter((name) => statSync(join(root, 'apps', name, 'index.html'), { throwIfNoEntry: false }))
    .sort()
}
