import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { catalogueFaults, tablesOf } from './catalogue.ts'
import { arrangeMatters, type Matters } from './matters.ts'
import { equivalent, functionMutants, type Mutant, policyMutants, provenSchemas } from './mutants.ts'
import { noticedBy } from './mutation-run.ts'
import { runStoreCells, type StoreTruth, storeTruth } from './store-cells.ts'
import { fillTables, tables } from './tables.ts'
import { type FenceWorld, openWorld } from './world.ts'

let world: FenceWorld
let matters: Matters
let truth: StoreTruth

beforeAll(async () => {
  world = await openWorld(inject('postgresSocket'))
  matters = await arrangeMatters(world)
  await fillTables(world, matters)
  truth = await storeTruth(world, matters)
})
afterAll(() => world?.close())

test('the catalogue: every table fenced and forced, every view its reader’s, every function with its own search path', async () => {
  expect(await catalogueFaults(world.database)).toEqual([])
})

test('every table stands in the matrix with rows in it, and nothing else does', async () => {
  const there = await tablesOf(world.database)
  const missing = there.filter((name) => !tables[name])
  const help = missing.map(
    (name) => `  '${name}': { key: /* SQL that names a row */, reads: /* by whom */ },`,
  )
  expect(
    missing,
    `add to tables.ts in server/src/house/fences (see CONTRIBUTING.md):\n${help.join('\n')}`,
  ).toEqual([])
  expect(Object.keys(tables).filter((name) => !there.includes(name))).toEqual([])
  expect([...truth.keys].filter(([, keys]) => keys.length === 0).map(([name]) => name)).toEqual([])
})

test('the store itself gives everybody his rows and no others, and lets nobody do what is not his', async () => {
  // Every role in one organ and some in all: the routes' matrix asks all of them everywhere.
  const { cells, wrong } = await runStoreCells(world, matters, truth, {
    who: ({ place, role, kinOf }) =>
      (['city', 'U1', 'U3'].includes(place) && !kinOf) ||
      ['deputy', 'system_admin', 'security_admin', 'information_officer', 'feed', 'none'].includes(role),
  })
  process.stdout.write(`store cells: ${cells}\n`)
  expect(wrong.slice(0, 40)).toEqual([])
  expect(cells).toBeGreaterThan(8000)
}, 300_000)

test('a fence that is taken away is noticed', async () => {
  const seed = Math.floor(Math.random() * 1_000_000)
  const all = [...(await policyMutants(world.database)), ...(await functionMutants(world.database))]
  const open = all.filter(({ name, of }) => !equivalent[name] && provenSchemas.includes(of.split('.')[0]!))
  const drawn = draw(open, seed, 6)
  process.stdout.write(`mutants: ${drawn.length} of ${all.length} drawn by seed ${seed}\n`)
  expect(all.length).toBeGreaterThan(200)
  for (const mutant of drawn) {
    expect(await noticedBy(world, matters, truth, mutant), `seed ${seed}: ${mutant.name}`).toBeDefined()
  }
}, 300_000)

/** So many of the list, decided by the seed (a linear congruence). */
function draw(list: readonly Mutant[], seed: number, count: number): readonly Mutant[] {
  let state = seed
  return Array.from({ length: count }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return list[state % list.length]!
  })
}
