import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const web = join(import.meta.dirname, '..')
const folder = (path: string) => JSON.parse(readFileSync(join(web, path), 'utf8')) as Texts
type Texts = { readonly [key: string]: string | Texts }

const spaces = globSync('**/*.zh.json', { cwd: web }).map((path) => ({
  name: path.split('/').at(-1)?.replace('.zh.json', '') ?? '',
  zh: flat(folder(path)),
  en: flat(folder(path.replace('.zh.json', '.en.json'))),
}))

function flat(texts: Texts, prefix = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flat(value, `${prefix}${key}.`)],
    ),
  )
}

const sources = globSync('**/*.{ts,tsx}', { cwd: web })
  .filter((path) => !path.includes('generated') && !path.includes('.test.'))
  .map((path) => ({ path, text: readFileSync(join(web, path), 'utf8') }))

test('every text is there in both languages, with the same places to fill in', () => {
  expect(spaces.length).toBeGreaterThan(5)
  const gaps = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()
  for (const { name, zh, en } of spaces) {
    expect([...zh.keys()].sort(), name).toEqual([...en.keys()].sort())
    for (const [key, text] of zh) expect(gaps(text), `${name}.${key}`).toEqual(gaps(en.get(key) ?? ''))
  }
})

test('Chinese texts hold no English words, and English ones no Chinese', () => {
  const allowed =
    /\{\{\w+\}\}|\{\w+\}|Chromium|PDF|JPG|PNG|XLSX|CSV|OFD|XML|URL|IP|SQL|API|TOTP|UTF|Word|Excel|MB|setup-code|xlsx|csv|[A-Z]{1,3}\d+/g
  const latin = spaces.flatMap(({ name, zh }) =>
    [...zh]
      .filter(([, text]) => /[A-Za-z]{2,}/.test(text.replaceAll(allowed, '')))
      .map(([key]) => `${name}.${key}`),
  )
  const chinese = spaces.flatMap(({ name, en }) =>
    [...en].filter(([, text]) => /\p{Script=Han}/u.test(text)).map(([key]) => `${name}.${key}`),
  )
  expect({ latin, chinese }).toEqual({ latin: [], chinese: [] })
})

test('every text that a page asks for exists', () => {
  const known = new Set(spaces.flatMap(({ name, zh }) => [...zh.keys()].map((key) => `${name}.${key}`)))
  const prefixes = [...known]
  const missing: string[] = []
  let seen = 0
  for (const { path, text } of sources) {
    for (const [, key] of text.matchAll(/\bt\(\s*'([^']+)'/g)) {
      seen++
      if (key && !known.has(key)) missing.push(`${path}: ${key}`)
    }
    for (const [, beginning] of text.matchAll(/\bt\(\s*`([^`$]+)\$\{/g)) {
      seen++
      if (beginning && !prefixes.some((key) => key.startsWith(beginning)))
        missing.push(`${path}: ${beginning}…`)
    }
  }
  expect(seen).toBeGreaterThan(100)
  expect(missing).toEqual([])
})

test('every key and evidence column of every rule has a name', () => {
  const root = join(web, '..')
  const files = globSync('rules/{fiscal,invoices}/*-*.yaml', { cwd: root })
  expect(files.length).toBeGreaterThan(25)
  const named = new Set(spaces.find(({ name }) => name === 'alerts')?.zh.keys())
  const missing = files.flatMap((path) => {
    const rule = parse(readFileSync(join(root, path), 'utf8')) as {
      identity: string[]
      evidence?: { name: string }[]
    }
    return [...rule.identity, ...(rule.evidence ?? []).map(({ name }) => name)]
      .filter((name) => !named.has(`evidence.${name}`))
      .map((name) => `${path}: ${name}`)
  })
  expect(missing).toEqual([])
})

test('conditions are called by the names that the rules give them', () => {
  const root = join(web, '..')
  const shown = spaces.find(({ name }) => name === 'conditions')
  const given = globSync('rules/{fiscal,invoices}/*-*.yaml', { cwd: root }).flatMap((path) => {
    const rule = parse(readFileSync(join(root, path), 'utf8')) as {
      code: string
      conditions: { key: string; title: { zh: string; en: string } }[]
    }
    return rule.conditions.map(({ key, title }) => ({ key: `${rule.code}.${key}`, ...title }))
  })
  expect(given.length).toBeGreaterThan(60)
  expect(given.map(({ key, zh }) => [key, zh]).sort()).toEqual([...(shown?.zh ?? [])].sort())
  expect(given.map(({ key, en }) => [key, en]).sort()).toEqual([...(shown?.en ?? [])].sort())
})
