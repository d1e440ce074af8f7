import { type Database, systemCaller, type Trx } from '#ground/database/index.ts'
import type { Clock } from '#ground/time/index.ts'
import { inSession, TimeLimitError, type Warehouse, type WarehouseSession } from '#ground/warehouse/index.ts'
import type { Replay } from './replay.schema.ts'
import { beginReplay, describeSides, endReplay, insertReplayHits, noteProgress } from './replay.store.ts'
import { clearComparison, collectSide, compareSides, readDifferences } from './replay-comparison.ts'
import { keptHit } from './replay-hits.ts'
import { type ResolvedSide, resolveSide, type SideDependencies } from './replay-sides.ts'
import type { VerdictFeed } from './replay-verdicts.ts'

export interface ReplayWorkDependencies extends SideDependencies {
  readonly database: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly verdicts: VerdictFeed
  /** Names a person in the stores: the keyed hash of the citizen number. */
  readonly personKey: (idNumber: string) => string
  /** One side may take so long. */
  readonly timeLimitMilliseconds: number
  /** A difference with more hits is not kept: nobody reads it, and it would fill the store. */
  readonly mostHits: number
}

/** Hits that are fetched, judged and kept at once: some 10 MB of sentences. */
const hitsAtOnce = 10_000

/** The difference is too large to be kept. */
class TooManyHits extends Error {
  override readonly name = 'TooManyHits'
}

/** Runs one replay from its request to its end. A replay that no longer waits is left alone. */
export async function workOff(
  dependencies: ReplayWorkDependencies,
  replayId: string,
  signal: AbortSignal,
): Promise<void> {
  const { database, warehouse, clock } = dependencies
  const asSystem = <T>(work: (trx: Trx) => Promise<T>) => database.asCaller(systemCaller, work)
  const replay = await asSystem((trx) => beginReplay(trx, replayId, clock.now()))
  if (!replay) return
  const end = (state: Replay['state'], fault?: string) =>
    asSystem((trx) => endReplay(trx, replayId, { state, fault, at: clock.now() }))
  try {
    await inSession(warehouse.open, (session) =>
      session.transaction(async () => {
        if (session.engine === 'postgres')
          await session.run('set transaction isolation level repeatable read')
        await compare(dependencies, session, replay, signal)
      }),
    )
    await end('done')
  } catch (error) {
    if (signal.aborted) await end('cancelled')
    else if (error instanceof TimeLimitError) await end('timed_out')
    else if (error instanceof TooManyHits) await end('too_many')
    else await end('failed', (error as Error).message.slice(0, 500))
  }
}

/** Both sides over one moment of the facts: the transaction sees nothing that is loaded meanwhile. */
async function compare(
  dependencies: ReplayWorkDependencies,
  session: WarehouseSession,
  replay: Replay,
  signal: AbortSignal,
): Promise<void> {
  const { database, timeLimitMilliseconds, mostHits } = dependencies
  const note = (stage: NonNullable<Replay['stage']>, percent: number) =>
    database.asCaller(systemCaller, (trx) => noteProgress(trx, replay.replayId, stage, percent))
  const within = <T>(work: () => Promise<T>) => session.within(timeLimitMilliseconds, work, signal)
  const sides = await database.asCaller(systemCaller, async (trx) => {
    const a = await resolveSide(trx, replay.rule, replay.a.source, dependencies)
    const b = await resolveSide(trx, replay.rule, replay.b.source, dependencies)
    // What was in force when it was asked for need not be any more.
    await describeSides(trx, replay.replayId, a.described, b.described)
    return { a, b }
  })
  // Judged as on the last day of the period, whenever it is run.
  const period = { from: replay.from, to: replay.to, asOf: replay.to }
  await within(() => collectSide(session, 'a', sides.a, period))
  await note('side_b', 30)
  await within(() => collectSide(session, 'b', sides.b, period))
  await note('comparing', 60)
  const count = await within(() => compareSides(session, sides.a.rule.identity))
  if (count > mostHits) throw new TooManyHits()
  for (let after = 0; after < count; after += hitsAtOnce) {
    signal.throwIfAborted()
    await note('keeping', 70 + Math.floor((after * 30) / count))
    await keep(dependencies, session, replay, sides, after)
  }
  await clearComparison(session)
}

async function keep(
  dependencies: ReplayWorkDependencies,
  session: WarehouseSession,
  replay: Replay,
  sides: { readonly a: ResolvedSide; readonly b: ResolvedSide },
  after: number,
): Promise<void> {
  const rules = { a: sides.a.rule, b: sides.b.rule }
  const differences = await readDifferences(session, rules, after, after + hitsAtOnce)
  const hits = differences.map((difference) => keptHit(difference, rules, dependencies.personKey))
  const rule = { pack: replay.pack, code: replay.rule }
  await dependencies.database.asCaller(systemCaller, async (trx) => {
    const anchors = hits.filter(({ outcome }) => outcome !== 'new').map(({ anchor }) => anchor)
    const verdicts = await dependencies.verdicts.verdicts(trx, rule, anchors)
    const judged = hits.map((hit) => ({ ...hit, verdict: verdicts.get(hit.anchor) ?? null }))
    await insertReplayHits(trx, replay.replayId, judged)
  })
}
