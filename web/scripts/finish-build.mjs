/** After Vite: compressed copies (.gz, .br) beside every file that becomes smaller by it. Usage: finish-build.mjs <app> */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

import { filesBelow } from './files.mjs'

const COMPRESSIBLE = /\.(html|js|css|svg|json|webmanifest|txt|map)$/
const WORTH_BYTES = 512
const app = process.argv[2]
const dist = join(import.meta.dirname, '..', 'dist', app)

function compress(file) {
  const content = readFileSync(file)
  if (content.length < WORTH_BYTES) return
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }
  const copies = { gz: gzipSync(content, { level: 9 }), br: brotliCompressSync(content, brotli) }
  for (const [ending, copy] of Object.entries(copies)) {
    if (copy.length < content.length * 0.95) writeFileSync(`${file}.${ending}`, copy)
  }
}

const files = filesBelow(dist).filter((file) => COMPRESSIBLE.test(file))
files.forEach(compress)
console.log(`${app}: ${files.length} files ready`)
