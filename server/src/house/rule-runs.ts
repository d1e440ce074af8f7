import { type Caller, systemCaller } from '#ground/database/index.ts'
import { shanghaiDate } from '#ground/time/index.ts'
import { inSession } from '#ground/warehouse/index.ts'
import { datasets } from '#shared/datasets/index.ts'
import { type RuleOutcome, recordRun, runRules } from '#shared/rules/index.ts'
import type { House } from './house.ts'
import { type Pack, packs } from './rule-configuration.ts'
import { runningRules } from './running-rules.ts'

export interface PackRun {
  readonly outcomes: readonly RuleOutcome[]
  readonly fresh: number
  readonly changed: number
  readonly raised: number
}

interface RunWish {
  readonly asOf: string
  readonly cause: 'schedule' | 'demand'
  readonly caller?: Caller
}

/** Runs a pack over everything in the warehouse, keeps the hits and makes alerts of what is new. */
export async function runPack(house: House, pack: Pack, options: RunWish): Promise<PackRun> {
  const found = await findHits(house, pack, options)
  const { raised } = await house.alerts.arrivals.takeAll()
  return { ...found, raised }
}

/** Runs a pack over everything in the warehouse with what is configured for today and keeps the hits for the alerts. */
export async function findHits(house: House, pack: Pack, options: RunWish): Promise<Omit<PackRun, 'raised'>> {
  await house.bringIntoForce()
  const { rules, ...configured } = await runningRules({
    ...house,
    inForce: () => house.rules.configuration.inForce(),
  })
  const ofPack = rules.filter((rule) => rule.pack === pack)
  const outcomes = await inSession(house.warehouse.open, async (session) =>
    runRules(session, ofPack, {
      asOf: options.asOf,
      available: await filledDatasets(session),
      ...configured,
    }),
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
  return { outcomes, ...appended }
}

/** Who asked for a run of a pack; what the clock asks for names neither and runs every pack, every night. */
export interface AskedRun {
  readonly pack?: Pack
  readonly userId?: string
}

export async function runAsked(house: House, { pack, userId }: AskedRun): Promise<void> {
  const asOf = shanghaiDate(house.clock.now())
  for (const one of pack ? [pack] : packs) {
    await runPack(house, one, {
      asOf,
      cause: userId ? 'demand' : 'schedule',
      ...(userId ? { caller: { ...systemCaller, userId } } : {}),
    })
  }
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
