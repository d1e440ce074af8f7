import type { KeyRing } from '#ground/crypto/index.ts'
import { type Database, systemCaller } from '#ground/database/index.ts'
import type { Log } from '#ground/log/index.ts'
import { type Clock, shanghaiDate } from '#ground/time/index.ts'
import { oneAfterTheOther, type Warehouse } from '#ground/warehouse/index.ts'
import type { Alerts } from '#rooms/alerts/index.ts'
import type { Fiscal } from '#rooms/fiscal/index.ts'
import type { Intake } from '#shared/intake/index.ts'
import {
  type ComposedRules,
  type InForce,
  type Judging,
  judgeArrival,
  type Rule,
  type RuleOutcome,
  recordRun,
} from '#shared/rules/index.ts'
import { runningRules } from './running-rules.ts'

/** Rules on arrival: every batch is judged as soon as it is in the warehouse. */
export interface ArrivalRuns {
  /** Takes up what waits, and from then on every batch at once. */
  start(): Promise<void>
  /** To be told of a batch that was loaded. */
  loaded(batchId: string): void
  /** Resolves when everything that was loaded until now is judged. */
  idle(): Promise<void>
}

interface Parts {
  readonly database: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly keys: Pick<KeyRing, 'personKey'>
  readonly log: Log
  readonly intake: Pick<Intake, 'unjudged' | 'markJudged'>
  readonly judging: Judging
  readonly catalogue: readonly Rule[]
  readonly composedRules: Pick<ComposedRules, 'running'>
  /** What is configured today. */
  inForce(): Promise<InForce>
  readonly fiscal: { readonly payments: Pick<Fiscal['payments'], 'tieBatch'> }
  readonly alerts: Pick<Alerts, 'arrivals'>
}

export function createArrivalRuns(parts: Parts): ArrivalRuns {
  const inTurn = oneAfterTheOther()
  let started = false
  let last: Promise<unknown> = Promise.resolve()
  const take = (batchId: string) => {
    last = inTurn(() => judge(parts, batchId)).catch((error: Error) => {
      // It stays unjudged: the next start takes it up, and the nightly run sees its rows in any case.
      parts.log.error({ batchId, cause: error.message, stack: error.stack }, 'a batch was not judged')
    })
  }
  return {
    start: async () => {
      started = true
      const waiting = await parts.database.asCaller(systemCaller, (trx) => parts.intake.unjudged(trx))
      for (const { batchId } of waiting) take(batchId)
    },
    loaded: (batchId) => {
      if (started) take(batchId)
    },
    idle: async () => {
      await last
    },
  }
}

/** What each step finds is kept and taken by the alerts before the next begins; the mark comes last. */
async function judge(parts: Parts, batchId: string): Promise<void> {
  const { database, intake, clock, keys } = parts
  const [batch] = await database.asCaller(systemCaller, (trx) => intake.unjudged(trx, batchId))
  if (!batch) return
  const { rules, ...configured } = await runningRules(parts)
  const asOf = shanghaiDate(clock.now())
  const keep = async (outcomes: readonly RuleOutcome[]) => {
    await database.asCaller(systemCaller, async (trx) => {
      for (const [pack, ofPack] of Map.groupBy(outcomes, ({ rule }) => rule.pack)) {
        const cause = 'arrival' as const
        const run = { pack, cause, asOf, startedBy: batch.broughtBy, finishedAt: clock.now() }
        await recordRun(trx, run, ofPack, keys.personKey)
      }
    })
    if (outcomes.some(({ hits }) => hits.length > 0)) await parts.alerts.arrivals.takeAll()
  }
  await judgeArrival(parts, batch, rules, { asOf, ...configured }, keep)
  if (batch.dataset === 'payment') await parts.fiscal.payments.tieBatch(batchId)
  await database.asCaller(systemCaller, (trx) => intake.markJudged(trx, batchId))
}
