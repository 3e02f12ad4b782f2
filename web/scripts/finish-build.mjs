/** After Vite: the service worker with its list of files, and compressed copies (.gz, .br) of what becomes smaller. */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

import { build } from 'vite'

import { filesBelow } from './files.mjs'

const COMPRESSIBLE = /\.(html|js|mjs|css|svg|json|webmanifest|wasm|map)$/
const WORTH_BYTES = 512
/** What the app needs to start and work without a network. Big pieces come when they are used. */
const SHELL = /^(index\.html|icon\.svg|badge\.png|icon-192\.png|assets\/.+\.(js|css))$/
const MOST_BYTES = 400_000
const root = join(import.meta.dirname, '..')

/** Finish the build of an app in a folder; tells what was done. */
export async function finish(app, folder) {
  await addWorker(app, folder)
  const files = filesBelow(folder).filter((file) => COMPRESSIBLE.test(file))
  files.forEach(compress)
  return `${files.length} files ready`
}

async function addWorker(app, folder) {
  const all = filesBelow(folder).map((file) => ({ path: relative(folder, file), content: readFileSync(file) }))
  const shell = all.filter(({ path, content }) => SHELL.test(path) && content.length <= MOST_BYTES)
  const version = createHash('sha256')
  shell.forEach(({ path, content }) => version.update(path).update(content))
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    define: {
      __BASE__: JSON.stringify(`/${app}/`),
      __VERSION__: JSON.stringify(version.digest('hex').slice(0, 16)),
      __FILES__: JSON.stringify(shell.map(({ path }) => path)),
    },
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'es2022',
      lib: { entry: join(root, 'packages', 'shell', 'worker', 'sw.ts'), formats: ['es'], fileName: () => 'sw.js' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })
}

function compress(file) {
  const content = readFileSync(file)
  if (content.length < WORTH_BYTES) return
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }
  const copies = { gz: gzipSync(content, { level: 9 }), br: brotliCompressSync(content, brotli) }
  for (const [ending, copy] of Object.entries(copies)) {
    if (copy.length < content.length * 0.95) writeFileSync(`${file}.${ending}`, copy)
  }
}
