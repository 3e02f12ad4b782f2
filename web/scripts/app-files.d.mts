import type { Plugin } from 'vite'

export function appFiles(root: string, app: string): Plugin
