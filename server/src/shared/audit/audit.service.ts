import type { Caller, Database, Trx } from '#ground/database/index.ts'
import { decodeCursor, encodeCursor } from '#ground/paging/index.ts'
import { checkpoints, type EntryFilter, listEntries } from './audit.store.ts'
import { recordAudit } from './record.ts'

/** Who the entries are about; told by those who keep the accounts. */
export interface Actors {
  /** What people are called, by user id; the product itself has no name. */
  namesOf(
    trx: Trx,
    userIds: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly displayName: string }>>
  /** Whose name for signing in it is. */
  idOf(trx: Trx, username: string): Promise<string | undefined>
}

const userId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** No account has it: what a name that nobody bears is looked for by. */
const nobody = '00000000-0000-0000-0000-000000000000'

/** One page of the log, newest first. The reading is an entry of its own, written before the page leaves. */
export function readLog(
  { database, actors }: { readonly database: Database; readonly actors: Actors },
  caller: Caller,
  {
    cursor,
    limit,
    actor,
    ...filter
  }: Omit<EntryFilter, 'actorId'> & {
    /** A user id, or the name by which somebody signs in. */
    readonly actor?: string | undefined
    readonly cursor?: string | undefined
    readonly limit: number
  },
) {
  return database.asCaller(caller, async (trx) => {
    const before = cursor ? (decodeCursor(cursor) as readonly [string, string]) : undefined
    const actorId = actor && (userId.test(actor) ? actor : ((await actors.idOf(trx, actor)) ?? nobody))
    const rows = await listEntries(trx, { ...filter, actorId: actorId || undefined }, before, limit + 1)
    const found = rows.slice(0, limit)
    const names = await actors.namesOf(
      trx,
      found.map((entry) => entry.actorId),
    )
    const items = found.map((entry) => ({
      ...entry,
      actorName: names.get(entry.actorId)?.displayName ?? null,
    }))
    const last = rows.length > limit ? items.at(-1) : undefined
    await recordAudit(trx, { action: 'audit.read', detail: { rows: items.length } })
    return { items, next: last ? encodeCursor([last.at, last.entryId]) : null }
  })
}

/** The newest signed checkpoint; null while nothing is sealed. */
export function checkpointFor(database: Database, caller: Caller) {
  return database.asCaller(caller, async (trx) => (await checkpoints(trx, 1))[0] ?? null)
}
