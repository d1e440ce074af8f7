import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addOrdinaryPayments } from './background/payments.ts'
import { addUnits } from './background/units.ts'
import { writeCsv } from './csv.ts'
import { plantBudgets } from './plants/budget.ts'
import {
  plantAllowances,
  plantCard,
  plantCash,
  plantContracts,
  plantDuplicates,
  plantLargeToPerson,
  plantOwnAccounts,
  plantPayees,
  plantPurposes,
  plantSplits,
} from './plants/payments.ts'
import { chance } from './random.ts'
import { emptyWorld, type World } from './world.ts'

/** The day on which the rules are run over the demo province. */
export const demoDay = '2026-10-31'

const paymentCount = 100_000

/** Makes the province of a seed in memory: the plants first, then as much ordinary business as is left. */
export function makeProvince(seed: number): World {
  const world = emptyWorld(chance(seed), demoDay)
  addUnits(world)
  for (const plant of [
    plantBudgets,
    plantOwnAccounts,
    plantCash,
    plantCard,
    plantLargeToPerson,
    plantSplits,
    plantDuplicates,
    plantAllowances,
    plantPurposes,
    plantContracts,
    plantPayees,
  ]) {
    plant(world)
  }
  addOrdinaryPayments(world, paymentCount - (world.rows.get('payment')?.length ?? 0))
  return world
}

/** Writes the province of a seed: one csv for each dataset, `answer-key.jsonl` and `province.json`. */
export function generateProvince(seed: number, folder: string): World {
  mkdirSync(folder, { recursive: true })
  const world = makeProvince(seed)
  writeCsv(world, folder)
  writeFileSync(
    join(folder, 'answer-key.jsonl'),
    world.key.map((line) => `${JSON.stringify(line)}\n`).join(''),
  )
  writeFileSync(join(folder, 'province.json'), `${JSON.stringify({ seed, asOf: world.asOf }, null, 2)}\n`)
  return world
}
