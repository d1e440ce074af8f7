import { type Caller, type Database, systemCaller } from '#ground/database/index.ts'
import { inSession, type Warehouse, type WarehouseSession } from '#ground/warehouse/index.ts'
import { type PinnedHit, readPinnedHits } from '#shared/rules/index.ts'
import { alertNotFound } from './alerts.errors.ts'
import { readHits } from './detail.store.ts'
import { readDisclosedHits, readUnitItem } from './unit.store.ts'

/** A hit that the caller may see, and the facts behind it. */
export interface OpenCase {
  readonly hits: readonly PinnedHit[]
  readonly session: WarehouseSession
}

interface Stores {
  readonly database: Database
  readonly warehouse: Warehouse
}

/**
 * The only way from an alert to the warehouse, which itself knows no fences: it opens for hits that the caller's own
 * transaction shows him, and for no others.
 */
export async function withCaseOf<T>(
  { database, warehouse }: Stores,
  caller: Caller,
  alertId: string,
  work: (open: OpenCase) => Promise<T>,
): Promise<T> {
  const seen = await database.asCaller(caller, (trx) => readHits(trx, alertId))
  if (seen.length === 0) throw alertNotFound()
  return openFor({ database, warehouse }, seen, work)
}

/** The same for the unit that the alert concerns: only hits that are disclosed to it. */
export async function withDisclosedCaseOf<T>(
  { database, warehouse }: Stores,
  caller: Caller,
  alertId: string,
  today: string,
  work: (open: OpenCase) => Promise<T>,
): Promise<T> {
  const seen = await database.asCaller(caller, async (trx) => {
    if (!(await readUnitItem(trx, alertId, today))) throw alertNotFound()
    return readDisclosedHits(trx, alertId)
  })
  return openFor({ database, warehouse }, seen, work)
}

async function openFor<T>(
  { database, warehouse }: Stores,
  seen: readonly { readonly hitId: string }[],
  work: (open: OpenCase) => Promise<T>,
): Promise<T> {
  const ids = seen.map(({ hitId }) => hitId)
  const hits = await database.asCaller(systemCaller, (trx) => readPinnedHits(trx, ids))
  return inSession(warehouse.open, (session) => work({ hits, session }))
}
