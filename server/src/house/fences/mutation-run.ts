import { catalogueFaults } from './catalogue.ts'
import { fenceTable } from './fence-table.ts'
import { runMatrix } from './matrix.ts'
import type { Matters } from './matters.ts'
import type { Mutant } from './mutants.ts'
import { runStoreCells, type StoreTruth } from './store-cells.ts'
import type { FenceWorld } from './world.ts'

/** Which routes are asked when the store's own cells notice nothing. */
const routesOf: readonly (readonly [RegExp, RegExp])[] = [
  [/^alerts\.(disclosed|unit_step|unit_item|is_undisclosed)/, /unit-alerts/],
  [/^alerts\./, /alert/],
  [/^supervise\./, /supervision/],
  [/^identity\.(session_of|roles_at|token|own_sessions)/, /session|regions|records/],
  [/^identity\.(heads|recus)|^permissions\./, /GET .*(alerts|supervision)/],
  [/^identity\./, /accounts|holdings|handovers|tokens|policy/],
  [/^organisation\./, /units|organs|organisation|posts|people|regions|GET \/api\/v1\/alerts$/],
  [/^notices\./, /notices/],
  [/^intake\./, /intake/],
  [/^audit\./, /audit/],
  [/^rules\./, /rule/],
  [/^files\./, /files|unit-alerts/],
]

/** Puts the mutant in, looks whether anything notices, and takes it out again. Returns what noticed, or undefined. */
export async function noticedBy(
  world: FenceWorld,
  matters: Matters,
  truth: StoreTruth,
  mutant: Mutant,
): Promise<string | undefined> {
  await world.database.superuser(mutant.apply)
  try {
    return await firstNotice(world, matters, truth, mutant)
  } finally {
    await world.database.superuser(mutant.undo)
  }
}

async function firstNotice(
  world: FenceWorld,
  matters: Matters,
  truth: StoreTruth,
  { of, byCatalogue, isFunction }: Mutant,
): Promise<string | undefined> {
  if (byCatalogue) return (await catalogueFaults(world.database))[0]
  const noticed = await byCells(world, matters, truth, of, isFunction ?? false)
  return noticed ?? (await catalogueFaults(world.database))[0]
}

async function byCells(
  world: FenceWorld,
  matters: Matters,
  truth: StoreTruth,
  of: string,
  isFunction: boolean,
): Promise<string | undefined> {
  const near = await runStoreCells(world, matters, truth, { of: (name) => name === of, atMost: 1 })
  if (near.wrong[0]) return near.wrong[0]
  const [schema] = of.split('.')
  const around = await runStoreCells(world, matters, truth, {
    of: (name) => schema === 'app' || schema === 'permissions' || name.startsWith(`${schema}.`),
    atMost: 1,
  })
  if (around.wrong[0]) return around.wrong[0]
  // A policy stands in the store and must be noticed there; a function is reached by routes.
  const routes = isFunction ? routesOf.find(([table]) => table.test(of))?.[1] : undefined
  if (!routes) return undefined
  const asked = await runMatrix(world, matters, fenceTable, {
    routes: (route) => routes.test(route) && !route.includes('/reset'),
    atMost: 1,
  })
  return asked.wrong[0]
}
