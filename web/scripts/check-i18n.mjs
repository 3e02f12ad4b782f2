/**
 * Fails on texts that are missing in a language, used but not there, there but not used, or written straight into code.
 *
 * A key counts as used when it stands whole in a string, or when a string begins with it up to a dot and goes on with a
 * value (`inbox.states.${state}`). Chinese in code is a raw text (comments are English) unless its line, or the one before,
 * says `not a text` and why: signs that are looked for, not shown.
 */
import { readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'

import { filesBelow } from './files.mjs'

const LANGUAGES = ['zh-Hans', 'en']
const CHINESE = /[\u3400-\u9fff\uff01-\uff5e\u3000-\u303f]/
const root = join(import.meta.dirname, '..')

/** Texts as `Map<language, Map<key, text>>`, and what is wrong with the files themselves. */
export function readTexts(files) {
  const texts = new Map(LANGUAGES.map((language) => [language, new Map()]))
  const faults = []
  for (const file of files) {
    const language = basename(file, '.json')
    if (!texts.has(language)) continue
    const content = JSON.parse(readFileSync(file, 'utf8'))
    const areas = Object.keys(content)
    if (areas.length !== 1) faults.push(`${relative(root, file)}: one top-level key, the area's name, is wanted`)
    for (const [key, text] of leaves(content)) {
      if (texts.get(language).has(key)) faults.push(`${relative(root, file)}: ${key} is there twice`)
      if (typeof text !== 'string' || text.trim() === '') faults.push(`${relative(root, file)}: ${key} is no text`)
      texts.get(language).set(key, text)
    }
  }
  return { texts, faults }
}

function* leaves(node, path = []) {
  for (const [name, value] of Object.entries(node)) {
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) yield* leaves(value, [...path, name])
    else yield [[...path, name].join('.'), value]
  }
}

/** Keys that differ between languages, and texts whose parameters differ. */
export function compareLanguages(texts) {
  const [first, ...others] = LANGUAGES
  const faults = []
  for (const other of others) {
    for (const [key, text] of texts.get(first)) {
      const translated = texts.get(other).get(key)
      if (translated === undefined) faults.push(`${key} is missing in ${other}`)
      else if (parameters(text) !== parameters(translated)) faults.push(`${key} has other parameters in ${other}`)
    }
    for (const key of texts.get(other).keys()) {
      if (!texts.get(first).has(key)) faults.push(`${key} is missing in ${first}`)
    }
  }
  return faults
}

function parameters(text) {
  return [...new Set(String(text).match(/\{[a-z_]\w*\}/gi) ?? [])].sort().join()
}

/** Keys that code names, whole or as a beginning. */
export function usedKeys(sources, areas) {
  const names = [...areas].map((area) => area.replace(/[^\w-]/g, '')).join('|')
  const pattern = new RegExp(`['"\`]((?:${names})\\.[\\w.-]*)(\\$\\{)?`, 'g')
  const whole = new Map()
  const beginnings = new Set()
  for (const { file, code } of sources) {
    for (const [, key, goesOn] of code.matchAll(pattern)) {
      if (goesOn || key.endsWith('.')) beginnings.add(key)
      else whole.set(key, file)
    }
  }
  return { whole, beginnings }
}

/** Lines of code with Chinese in them. */
export function rawTexts(sources) {
  return sources.flatMap(({ file, code }) => {
    const lines = code.split('\n')
    const isExcused = (index) => `${lines[index - 1] ?? ''}${lines[index]}`.includes('not a text')
    const found = lines.flatMap((line, index) => (CHINESE.test(line) && !isExcused(index) ? [index + 1] : []))
    return found.map((number) => `${file}:${number}: raw text`)
  })
}

export function check(folders) {
  const files = folders.flatMap((folder) => filesBelow(join(root, folder)))
  const { texts, faults } = readTexts(files.filter((file) => /\/texts\/[\w-]+\.json$/.test(file)))
  const sources = files
    .filter((file) => /\.(vue|ts)$/.test(file) && !/\.(test|d)\.ts$/.test(file))
    .map((file) => ({ file: relative(root, file), code: readFileSync(file, 'utf8') }))
  const known = texts.get(LANGUAGES[0])
  const areas = new Set([...known.keys()].map((key) => key.split('.')[0]))
  const { whole, beginnings } = usedKeys(sources, areas)
  const covered = (key) => whole.has(key) || [...beginnings].some((beginning) => key.startsWith(beginning))
  const branches = [...known.keys()].join('\n')
  faults.push(...compareLanguages(texts))
  for (const [key, file] of whole) {
    const isBranch = branches.includes(`${key}.`)
    if (!known.has(key) && !isBranch && !isPath(key)) faults.push(`${file}: ${key} is in no texts`)
  }
  for (const key of known.keys()) if (!covered(key)) faults.push(`${key} is used nowhere`)
  return [...faults, ...rawTexts(sources)]
}

/** Route names and storage keys look like keys too (`session.hat`); those of code have no texts beside them. */
function isPath(key) {
  return /\.(vue|ts|json|css|svg)$/.test(key)
}

if (import.meta.filename === process.argv[1]) {
  const faults = check(['packages', 'features', 'apps'])
  faults.forEach((fault) => console.error(fault))
  if (faults.length) console.error(`${faults.length} faults in texts`)
  process.exitCode = faults.length ? 1 : 0
}
