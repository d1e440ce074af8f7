import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addOrdinaryInvoices } from './background/invoices.ts'
import { addOrdinaryPayments } from './background/payments.ts'
import { addUnits } from './background/units.ts'
import { writeCsv } from './csv.ts'
import { writeDirtyFiles } from './dirty.ts'
import { openBook } from './invoicing/book.ts'
import { plantBudgets } from './plants/budget.ts'
import { plantClaims } from './plants/claims.ts'
import { plantDaysAndAmounts } from './plants/invoice-days.ts'
import { plantPatterns } from './plants/invoice-patterns.ts'
import { plantKeywords } from './plants/keywords.ts'
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
import { plantSellers } from './plants/sellers.ts'
import { chance } from './random.ts'
import { emptyWorld, type World } from './world.ts'

/** The day on which the rules are run over the demo province. */
export const demoDay = '2026-10-31'

/** How much business the province does; what a test needs is smaller than what a demo shows. */
export interface ProvinceSize {
  readonly payments: number
  readonly invoices: number
}

const wholeProvince: ProvinceSize = { payments: 100_000, invoices: 50_000 }

/** Makes the province of a seed in memory: the plants first, then as much ordinary business as is left. */
export function makeProvince(seed: number, size: ProvinceSize = wholeProvince): World {
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
  addOrdinaryPayments(world, size.payments - (world.rows.get('payment')?.length ?? 0))
  const book = openBook(world)
  for (const plant of [plantKeywords, plantDaysAndAmounts, plantPatterns, plantSellers, plantClaims])
    plant(book)
  addOrdinaryInvoices(book, size.invoices)
  return world
}

/** Writes the province of a seed: one csv for each dataset, `answer-key.jsonl`, `province.json`,
 * and in `dirty` what intake must refuse. */
export function generateProvince(seed: number, folder: string, size?: ProvinceSize): World {
  mkdirSync(folder, { recursive: true })
  const world = makeProvince(seed, size)
  writeCsv(world, folder)
  writeDirtyFiles(world, folder)
  writeFileSync(
    join(folder, 'answer-key.jsonl'),
    world.key.map((line) => `${JSON.stringify(line)}\n`).join(''),
  )
  writeFileSync(join(folder, 'province.json'), `${JSON.stringify({ seed, asOf: world.asOf }, null, 2)}\n`)
  return world
}
