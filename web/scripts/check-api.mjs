/** Fails when packages/api-client/schema.d.ts is not what openapi/openapi.yaml gives. `npm run api` draws it anew. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'api-'))
const drawn = join(folder, 'schema.d.ts')
try {
  const program = join(root, 'node_modules', 'openapi-typescript', 'bin', 'cli.js')
  const options = ['--root-types', '--root-types-no-schema-prefix']
  const contract = join(root, '..', 'openapi', 'openapi.yaml')
  execFileSync(process.execPath, [program, contract, '--output', drawn, ...options], { stdio: 'pipe' })
  const kept = readFileSync(join(root, 'packages', 'api-client', 'schema.d.ts'), 'utf8')
  if (readFileSync(drawn, 'utf8') !== kept) {
    console.error('The types of the API are not those of openapi/openapi.yaml. Run: npm run api')
    process.exitCode = 1
  }
} finally {
  rmSync(folder, { recursive: true })
}
