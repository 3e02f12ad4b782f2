/** Vite plugin: what every app has beside its code (manifest, icons) and what its page says about them, from app.json. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { markPng, markSvg } from './marks.mjs'

const LIGHT = '#f4f6fa'
const DARK = '#0f1217'

/** The web app manifest of an app. */
export function manifestOf(app, about) {
  const base = `/${app}/`
  const icon = (src, sizes, purpose) => ({ src: base + src, sizes, type: src.endsWith('svg') ? 'image/svg+xml' : 'image/png', purpose })
  return {
    id: base,
    start_url: base,
    scope: base,
    name: about.name,
    short_name: about.short_name,
    description: about.description,
    lang: 'zh-Hans',
    dir: 'ltr',
    display: 'standalone',
    orientation: about.orientation ?? 'any',
    background_color: LIGHT,
    theme_color: LIGHT,
    categories: ['government', 'productivity'],
    icons: [
      icon('icon.svg', 'any', 'any'),
      icon('icon-192.png', '192x192', 'any'),
      icon('icon-512.png', '512x512', 'any'),
      icon('icon-maskable.png', '512x512', 'maskable'),
    ],
    shortcuts: (about.shortcuts ?? []).map(({ name, path }) => ({ name, url: base + path.replace(/^\//, '') })),
  }
}

/** `app` is the folder's name below apps/. */
export function appFiles(root, app) {
  const about = JSON.parse(readFileSync(join(root, 'apps', app, 'app.json'), 'utf8'))
  const base = `/${app}/`
  const meta = (name, content, media) => ({ tag: 'meta', attrs: media ? { name, content, media } : { name, content }, injectTo: 'head' })
  const link = (attrs) => ({ tag: 'link', attrs, injectTo: 'head' })
  return {
    name: 'app-files',
    apply: 'build',
    transformIndexHtml() {
      return [
        meta('description', about.description),
        meta('theme-color', LIGHT, '(prefers-color-scheme: light)'),
        meta('theme-color', DARK, '(prefers-color-scheme: dark)'),
        meta('apple-mobile-web-app-title', about.short_name),
        link({ rel: 'manifest', href: `${base}manifest.webmanifest` }),
        link({ rel: 'icon', href: `${base}icon.svg`, type: 'image/svg+xml' }),
        link({ rel: 'apple-touch-icon', href: `${base}icon-192.png` }),
      ]
    },
    generateBundle() {
      const emit = (fileName, source) => this.emitFile({ type: 'asset', fileName, source })
      emit('manifest.webmanifest', JSON.stringify(manifestOf(app, about)))
      emit('icon.svg', markSvg(about.mark, about.colour))
      emit('icon-192.png', markPng(about.mark, about.colour, 192))
      emit('icon-512.png', markPng(about.mark, about.colour, 512))
      emit('icon-maskable.png', markPng(about.mark, about.colour, 512, { maskable: true }))
      emit('badge.png', markPng(about.mark, about.colour, 96, { badge: true }))
    },
  }
}
