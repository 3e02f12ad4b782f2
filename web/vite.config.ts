import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

import vue from '@vitejs/plugin-vue'
import type { UserConfig } from 'vite'
import { defineConfig } from 'vitest/config'

import { appFiles } from './scripts/app-files.mjs'

const app = process.env.APP ?? 'palm'
const backend = process.env.BACKEND ?? 'http://127.0.0.1:8000'
const root = resolve(import.meta.dirname, 'apps', app)
if (!existsSync(resolve(root, 'index.html'))) throw new Error(`no app named ${app} in web/apps`)

/** Requests reach the backend as if from its own pages: it checks the full origin. */
const toBackend = { target: backend, headers: { Origin: backend } }

/** Texts of one language arrive as one file; what all pages need arrives as another. */
const groups = [
  { name: 'texts-zh-Hans', test: /texts[\\/]zh-Hans\.json$/ },
  { name: 'texts-en', test: /texts[\\/]en\.json$/ },
]

const build: UserConfig['build'] = {
  outDir: process.env.OUT ?? resolve(import.meta.dirname, 'dist', app),
  emptyOutDir: true,
  assetsDir: 'assets',
  assetsInlineLimit: 0,
  target: 'es2022',
  cssCodeSplit: true,
  reportCompressedSize: false,
  modulePreload: { polyfill: false },
  rolldownOptions: { checks: { bundlerTimings: false }, output: { codeSplitting: { groups } } },
}

/** One app a run: `APP=approval npm run dev`. */
export default defineConfig({
  root,
  base: `/${app}/`,
  plugins: [vue(), appFiles(import.meta.dirname, app)],
  build,
  define: {
    __VUE_OPTIONS_API__: 'true',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'false',
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api': toBackend, '/handset/api': toBackend, '/webhooks': toBackend },
  },
  test: {
    root: import.meta.dirname,
    include: ['packages/**/*.test.ts', 'features/**/*.test.ts', 'apps/**/*.test.ts', 'scripts/**/*.test.mjs'],
    environment: 'node',
  },
})
