import { type Caller, systemCaller } from '#ground/database/index.ts'
import { inSession } from '#ground/warehouse/index.ts'
import { datasets } from '#shared/datasets/index.ts'
import {
  fillReferenceRelations,
  loadPack,
  type RuleOutcome,
  recordRun,
  runRules,
  shippedReference,
} from '#shared/rules/index.ts'
import type { House } from './house.ts'

export const packs = ['fiscal', 'invoices'] as const
export type Pack = (typeof packs)[number]

export interface PackRun {
  readonly outcomes: readonly RuleOutcome[]
  readonly fresh: number
  readonly changed: number
  readonly raised: number
}

/** Gives the rules the product's own relations (keywords, calendar) as they are in force. */
export async function refreshReference(house: Pick<House, 'warehouse'>): Promise<void> {
  const reference = shippedReference()
  await house.warehouse.writing((session) =>
    session.transaction(() => fillReferenceRelations(session, reference)),
  )
}

/**
 * Runs a pack over everything in the warehouse, keeps the hits and makes alerts of what is new. Hits and alerts are
 * written in one transaction: an alert stands or falls with its hit.
 */
export async function runPack(
  house: House,
  pack: Pack,
  options: { asOf: string; cause: 'schedule' | 'demand'; caller?: Caller },
): Promise<PackRun> {
  const rules = loadPack(pack)
  const outcomes = await inSession(house.warehouse.open, async (session) =>
    runRules(session, rules, { asOf: options.asOf, available: await filledDatasets(session) }),
  )
  const run = {
    pack,
    cause: options.cause,
    asOf: options.asOf,
    startedBy: (options.caller ?? systemCaller).userId,
    finishedAt: house.clock.now(),
  }
  const appended = await house.database.asCaller(systemCaller, (trx) =>
    recordRun(trx, run, outcomes, house.keys.personKey),
  )
  const { raised } = await house.alerts.arrivals.takeAll()
  return { outcomes, ...appended, raised }
}

/** Datasets that hold anything: a rule on one that was never loaded is not computable, which is not the same as no hit. */
async function filledDatasets(
  session: Parameters<Parameters<typeof inSession>[1]>[0],
): Promise<ReadonlySet<string>> {
  const filled = new Set<string>(['rule_exception'])
  for (const { name } of datasets) {
    const rows = await session.rows(`select 1 as one from ${name} limit 1`)
    if (rows.length > 0) filled.add(name)
  }
  return filled
}
