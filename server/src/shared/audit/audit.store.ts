import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { Checkpoint, LogEntry } from './log-entry.ts'
import type { SealedEntry } from './verify.ts'

const entryColumns = sql`e.entry_id as "entryId",
  to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "at",
  e.actor_id as "actorId", e.actor_roles as "actorRoles", e.actor_scope as "actorScope", e.session_id as "sessionId",
  e.address, e.action, e.object_kind as "objectKind", e.object_id as "objectId", e.unit_code as "unitCode",
  e.purpose, e.outcome, e.detail`

/** Entries not yet in the tree, oldest first, at most `limit`. */
export async function unsealedEntries(trx: Trx, limit: number): Promise<readonly LogEntry[]> {
  const { rows } = await sql<LogEntry>`
    select ${entryColumns} from audit.unsealed join audit.entry e using (entry_id)
    order by e.at, e.entry_id limit ${limit}`.execute(trx)
  return rows
}

export interface TreeHead {
  readonly size: number
  readonly frontier: readonly Buffer[]
}

export async function treeHead(trx: Trx): Promise<TreeHead> {
  const { rows } = await sql<{ size: string; frontier: Buffer[] }>`
    select tree_size as size, frontier from audit.checkpoint order by tree_size desc limit 1`.execute(trx)
  const head = rows[0]
  return head ? { size: Number(head.size), frontier: head.frontier } : { size: 0, frontier: [] }
}

export async function addLeaves(
  trx: Trx,
  fromSize: number,
  batch: readonly { entryId: string; leaf: Buffer }[],
  frontier: readonly Buffer[],
  checkpoint: Checkpoint,
): Promise<void> {
  await sql`select audit.seal(${fromSize}, ${batch.map(({ entryId }) => entryId)}::uuid[],
    ${batch.map(({ leaf }) => leaf)}::bytea[], ${Buffer.from(checkpoint.rootHash, 'hex')}, ${[...frontier]}::bytea[],
    ${checkpoint.sealedAt}::timestamptz, ${checkpoint.suite}, ${checkpoint.keyId},
    ${Buffer.from(checkpoint.signature, 'base64')})`.execute(trx)
}

/** The next sealed entries from a leaf on, with the hash that was stored. */
export async function sealedEntries(
  trx: Trx,
  fromLeaf: number,
  limit: number,
): Promise<readonly SealedEntry[]> {
  const { rows } = await sql<LogEntry & { leafIndex: string; leafHash: string }>`
    select l.leaf_index as "leafIndex", encode(l.leaf_hash, 'hex') as "leafHash", ${entryColumns}
    from audit.leaf l join audit.entry e using (entry_id)
    where l.leaf_index >= ${fromLeaf} order by l.leaf_index limit ${limit}`.execute(trx)
  return rows.map(({ leafIndex, leafHash, ...entry }) => ({ leafIndex: Number(leafIndex), leafHash, entry }))
}

/** Whether the caller sees every sealed entry, whoever acted in whichever part of the tree. */
export async function seesWholeLog(trx: Trx): Promise<boolean> {
  const { rows } = await sql<{ whole: boolean }>`
    select not exists (select from audit.leaf l
      where not exists (select from audit.entry e where e.entry_id = l.entry_id)) as whole`.execute(trx)
  return rows[0]!.whole
}

export async function checkpoints(trx: Trx, atMost = 1_000_000): Promise<readonly Checkpoint[]> {
  const { rows } = await sql<Checkpoint & { treeSize: string }>`
    select tree_size as "treeSize", encode(root_hash, 'hex') as "rootHash",
      to_char(sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "sealedAt",
      suite, key_id as "keyId", encode(signature, 'base64') as signature
    from audit.checkpoint order by tree_size desc limit ${atMost}`.execute(trx)
  return rows.map((row) => ({
    ...row,
    treeSize: Number(row.treeSize),
    signature: row.signature.replace(/\s/g, ''),
  }))
}

export interface EntryFilter {
  readonly actorId?: string | undefined
  readonly action?: string | undefined
  readonly objectKind?: string | undefined
  readonly objectId?: string | undefined
  readonly outcome?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** One page of the log, newest first; `before` is the (at, entryId) of the last row of the page before. */
export async function listEntries(
  trx: Trx,
  filter: EntryFilter,
  before: readonly [string, string] | undefined,
  limit: number,
): Promise<readonly (LogEntry & { leafIndex: number | null })[]> {
  const conditions = [
    sql`true`,
    ...(filter.actorId ? [sql`e.actor_id = ${filter.actorId}::uuid`] : []),
    ...(filter.action ? [sql`starts_with(e.action, ${filter.action})`] : []),
    ...(filter.objectKind ? [sql`e.object_kind = ${filter.objectKind}`] : []),
    ...(filter.objectId ? [sql`e.object_id = ${filter.objectId}`] : []),
    ...(filter.outcome ? [sql`e.outcome = ${filter.outcome}`] : []),
    ...(filter.from ? [sql`e.at >= ${filter.from}::date`] : []),
    ...(filter.to ? [sql`e.at < ${filter.to}::date + 1`] : []),
    ...(before ? [sql`(e.at, e.entry_id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`] : []),
  ]
  const { rows } = await sql<LogEntry & { leafIndex: string | null }>`
    select l.leaf_index as "leafIndex", ${entryColumns}
    from audit.entry e left join audit.leaf l using (entry_id)
    where ${sql.join(conditions, sql` and `)}
    order by e.at desc, e.entry_id desc limit ${limit}`.execute(trx)
  return rows.map((row) => ({ ...row, leafIndex: row.leafIndex === null ? null : Number(row.leafIndex) }))
}
