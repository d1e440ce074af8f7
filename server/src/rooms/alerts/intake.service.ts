import { sql } from 'kysely'
import { type Database, systemCaller, type Trx } from '#ground/database/index.ts'
import type { Clock } from '#ground/time/index.ts'
import {
  announceArrivals,
  decideArrivals,
  type Gathered,
  lockGathering,
  summarise,
  writeAlerts,
  writeArrivalEvents,
  writeHits,
  writeUnitItems,
} from './gather.store.ts'
import { momentOf } from './handling.service.ts'
import { type HitFeed, prepareIncoming } from './hit-feed.ts'
import type { Policies } from './pack-policy.ts'
import { tellOfArrivals } from './telling.ts'

export interface Arrivals {
  /** Makes alerts of all waiting hits, a batch at a time, each batch in one transaction. Returns what became of them. */
  takeAll(batch?: number): Promise<Gathered & { readonly hits: number }>
  /** The same within the transaction that appended the hits: an alert stands or falls with them. */
  takeWithin(trx: Trx, limit: number): Promise<Gathered & { readonly hits: number }>
}

/** Enough for a nightly run in one go; the working tables of a batch stay in memory up to here. */
const batchSize = 500_000

export function createArrivals(dependencies: {
  database: Database
  clock: Clock
  feed: HitFeed
  policies: Policies
}): Arrivals {
  const { database, clock, feed, policies } = dependencies
  const takeWithin = async (trx: Trx, limit: number) => {
    await lockGathering(trx)
    await prepareIncoming(trx)
    const hits = await feed.takeInto(trx, limit)
    if (hits === 0) return { hits, raised: 0, dispatched: 0, reopened: 0 }
    const moment = momentOf(clock)
    await sql`analyze incoming_hit`.execute(trx)
    await summarise(trx)
    await decideArrivals(trx, moment)
    await sql`analyze incoming_alert`.execute(trx)
    await writeAlerts(trx, moment)
    await writeHits(trx, moment)
    await writeUnitItems(trx, moment)
    const gathered = await writeArrivalEvents(trx, moment)
    await tellOfArrivals(trx, policies, moment)
    await announceArrivals(trx)
    return { hits, ...gathered }
  }
  return {
    takeWithin,
    takeAll: async (batch = batchSize) => {
      const total = { hits: 0, raised: 0, dispatched: 0, reopened: 0 }
      for (;;) {
        const taken = await database.asCaller(systemCaller, (trx) => takeWithin(trx, batch))
        for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += taken[key]
        if (taken.hits < batch) return total
      }
    },
  }
}
