import type { Caller, Database } from '#ground/database/index.ts'
import { decodeCursor, encodeCursor } from '#ground/paging/index.ts'
import { checkpoints, type EntryFilter, listEntries } from './audit.store.ts'
import { recordAudit } from './record.ts'

/** One page of the log, newest first. The reading is an entry of its own, written before the page leaves. */
export function readLog(
  database: Database,
  caller: Caller,
  {
    cursor,
    limit,
    ...filter
  }: EntryFilter & { readonly cursor?: string | undefined; readonly limit: number },
) {
  return database.asCaller(caller, async (trx) => {
    const before = cursor ? (decodeCursor(cursor) as readonly [string, string]) : undefined
    const rows = await listEntries(trx, filter, before, limit + 1)
    const items = rows.slice(0, limit)
    const last = rows.length > limit ? items.at(-1) : undefined
    await recordAudit(trx, { action: 'audit.read', detail: { rows: items.length } })
    return { items, next: last ? encodeCursor([last.at, last.entryId]) : null }
  })
}

/** The newest signed checkpoint; null while nothing is sealed. */
export function checkpointFor(database: Database, caller: Caller) {
  return database.asCaller(caller, async (trx) => (await checkpoints(trx, 1))[0] ?? null)
}
