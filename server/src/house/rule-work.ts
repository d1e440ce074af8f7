import type { KeyRing } from '#ground/crypto/index.ts'
import type { Connection, Database } from '#ground/database/index.ts'
import type { Clock } from '#ground/time/index.ts'
import type { Warehouse } from '#ground/warehouse/index.ts'
import type { Jobs } from '#shared/jobs/index.ts'
import {
  type ComposedRules,
  createComposedRules,
  createReplays,
  type Replays,
  type Rule,
  type Rules,
} from '#shared/rules/index.ts'
import { replayVerdicts } from './replay-verdicts.ts'

/** Work on rules in the console beyond their configuration. */
export interface RuleWork {
  /** Rules composed in the console. */
  readonly composedRules: ComposedRules
  readonly replays: Replays
}

/**
 * One side of a replay over five million payments takes some seconds for the slowest rule; ten minutes are beyond any
 * sensible rule. A difference of more hits than a quarter of a million (some 300 MB) is no longer read by anybody.
 */
const replayLimits = { timeLimitMilliseconds: 600_000, mostHits: 250_000 }

/** Builds it, and marks the replays that a stop cut off. */
export async function createRuleWork(
  stores: {
    readonly database: Database
    readonly connection: Connection
    readonly warehouse: Warehouse
    readonly clock: Clock
    readonly keys: Pick<KeyRing, 'personKey'>
  },
  parts: { readonly jobs: Jobs; readonly catalogue: readonly Rule[]; readonly rules: Rules },
): Promise<RuleWork> {
  const composedRules = createComposedRules(stores)
  const replays = createReplays({
    ...stores,
    jobs: parts.jobs,
    rules: parts.catalogue,
    configuration: parts.rules.configuration,
    composed: composedRules,
    verdicts: replayVerdicts,
    personKey: stores.keys.personKey,
    ...replayLimits,
  })
  await replays.recover()
  return { composedRules, replays }
}
