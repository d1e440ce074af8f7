import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { DroppedFile, DropQuery } from './drop.schema.ts'

const columns = sql`dropped_id as "droppedId", file_name as "fileName", target, byte_count::float8 as "byteCount", state,
  to_json(taken_at) #>> '{}' as "takenAt", to_json(settled_at) #>> '{}' as "settledAt", batch_id as "batchId",
  case when note_zh is null then null else json_build_object('zh', note_zh, 'en', note_en) end as note`

/** How a file lies in the folder. */
export interface Sighting {
  readonly name: string
  readonly size: number
  readonly modified: Date
}

/** Notes how a file was seen. Returns since when it has not changed. */
export async function noteSighting(trx: Trx, { name, size, modified }: Sighting, now: Date): Promise<Date> {
  const { rows } = await sql<{ seen_at: Date }>`
    insert into intake.drop_sighting as s (file_name, byte_count, modified_at, seen_at)
    values (${name}, ${size}, ${modified}, ${now})
    on conflict (file_name) do update set byte_count = excluded.byte_count, modified_at = excluded.modified_at,
      seen_at = case when s.byte_count = excluded.byte_count and s.modified_at = excluded.modified_at
        then s.seen_at else excluded.seen_at end
    returning seen_at`.execute(trx)
  return rows[0]!.seen_at
}

/** Forgets files that are no longer there. */
export async function forgetOthers(trx: Trx, names: readonly string[]): Promise<void> {
  await sql`delete from intake.drop_sighting where not (file_name = any (${names as string[]}::text[]))`.execute(
    trx,
  )
}

export async function readSightings(trx: Trx) {
  const { rows } = await sql<{ fileName: string; byteCount: number; seenAt: string }>`
    select file_name as "fileName", byte_count::float8 as "byteCount", to_json(seen_at) #>> '{}' as "seenAt"
    from intake.drop_sighting order by file_name limit 200`.execute(trx)
  return rows
}

/** Claims a file: from here on it is this row's. */
export async function insertDropped(
  trx: Trx,
  { name, size }: Sighting,
  target: string | undefined,
  now: Date,
): Promise<DroppedFile> {
  const { rows } = await sql<DroppedFile>`
    insert into intake.dropped_file (file_name, target, byte_count, state, taken_at)
    values (${name}, ${target ?? null}, ${size}, 'taken', ${now}) returning ${columns}`.execute(trx)
  return rows[0]!
}

/** Files that were taken and not settled, the earliest first. */
export async function takenFiles(trx: Trx): Promise<readonly DroppedFile[]> {
  const { rows } = await sql<DroppedFile>`
    select ${columns} from intake.dropped_file where state = 'taken' order by taken_at, dropped_id`.execute(
    trx,
  )
  return rows
}

export async function linkBatch(trx: Trx, droppedId: string, batchId: string): Promise<void> {
  await sql`update intake.dropped_file set batch_id = ${batchId}::uuid where dropped_id = ${droppedId}::uuid`.execute(
    trx,
  )
}

export async function settleDropped(
  trx: Trx,
  droppedId: string,
  settled: {
    readonly state: 'loaded' | 'refused'
    readonly at: Date
    readonly note: { readonly zh: string; readonly en: string }
  },
): Promise<void> {
  await sql`update intake.dropped_file set state = ${settled.state}, settled_at = ${settled.at},
      note_zh = ${settled.note.zh}, note_en = ${settled.note.en}
    where dropped_id = ${droppedId}::uuid`.execute(trx)
}

export async function listDropped(
  trx: Trx,
  query: Pick<DropQuery, 'state' | 'limit'>,
  before: readonly [string, string] | undefined,
): Promise<readonly DroppedFile[]> {
  const { rows } = await sql<DroppedFile>`
    select ${columns} from intake.dropped_file
    where (${query.state ?? null}::text is null or state = ${query.state ?? null})
      and (${before?.[0] ?? null}::timestamptz is null
        or (taken_at, dropped_id) < (${before?.[0] ?? null}::timestamptz, ${before?.[1] ?? null}::uuid))
    order by taken_at desc, dropped_id desc limit ${query.limit}`.execute(trx)
  return rows
}
