import type { Trx } from '#ground/database/index.ts'
import type { Hit } from './hit.ts'
import { type Appended, appendHits, type HitRecord, insertRun, type RunRecord } from './hit-log.store.ts'
import type { RuleOutcome } from './runner.ts'

/** Bounds the size of one statement's parameter: a hit with its evidence is one to two kilobytes. */
const hitsPerStatement = 5000

/**
 * Keeps what a run found, as the system: how each rule went, its hits, and new evidence. Running the same again adds a
 * run and nothing else.
 * @param personKey names a person in the stores: the keyed hash of the citizen number
 */
export async function recordRun(
  trx: Trx,
  run: RunRecord,
  outcomes: readonly RuleOutcome[],
  personKey: (idNumber: string) => string,
): Promise<Appended & { readonly runId: string }> {
  const runId = await insertRun(trx, run, outcomes)
  let fresh = 0
  let changed = 0
  for (const outcome of outcomes) {
    const hits = [...outcome.hits, ...outcome.suppressed]
    for (let start = 0; start < hits.length; start += hitsPerStatement) {
      const records = hits.slice(start, start + hitsPerStatement).map(
        (hit): HitRecord => ({
          hit,
          parameters: outcome.parameters,
          personKeys: personNumbers(hit).map(personKey),
          trial: outcome.mode === 'trial',
        }),
      )
      const appended = await appendHits(trx, { runId, pack: run.pack }, records)
      fresh += appended.fresh
      changed += appended.changed
    }
  }
  return { runId, fresh, changed }
}

const citizenNumber = /^\d{17}[\dX]$/

/** The citizen numbers among a hit's keys, counterparty and evidence: the persons whom it concerns. */
export function personNumbers(hit: Pick<Hit, 'keys' | 'counterparty' | 'evidence'>): readonly string[] {
  const values = [...Object.values(hit.keys), hit.counterparty, ...Object.values(hit.evidence)]
  return [...new Set(values.map(String).filter((value) => citizenNumber.test(value)))]
}
