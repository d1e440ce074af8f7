import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { BatchState } from './batch.rules.ts'
import type { Batch } from './intake.schema.ts'

const columns = sql`batch_id as "batchId", dataset, file_name as "fileName", form, posted, state, mode, total_rows::int as "totalRows",
  refused_rows::int as "refusedRows", new_rows::int as "newRows", changed_rows::int as "changedRows",
  equal_rows::int as "equalRows", to_json(uploaded_at) #>> '{}' as "uploadedAt", to_json(decided_at) #>> '{}' as "decidedAt"`

export interface NewBatch {
  readonly dataset: string
  readonly fileName: string
  readonly form: Batch['form']
  readonly sha256: string
  readonly byteCount: number
  readonly state: 'checked' | 'refused'
  readonly totalRows: number
  readonly refusedRows: number
  readonly uploadedBy: string
  readonly uploadedAt: Date
}

export async function insertBatch(trx: Trx, batch: NewBatch): Promise<Batch> {
  const { rows } = await sql<Batch>`
    insert into intake.batch (dataset, file_name, form, sha256, byte_count, state, total_rows, refused_rows, uploaded_by, uploaded_at)
    values (${batch.dataset}, ${batch.fileName}, ${batch.form}, ${batch.sha256}, ${batch.byteCount}, ${batch.state}, ${batch.totalRows},
      ${batch.refusedRows}, ${batch.uploadedBy}, ${batch.uploadedAt}) returning ${columns}`.execute(trx)
  return rows[0]!
}

export interface ShownFault {
  readonly file: string | null
  readonly row: number | null
  readonly column: string | null
  readonly value: string | null
  readonly zh: string
  readonly en: string
}

export async function insertFaults(trx: Trx, batchId: string, faults: readonly ShownFault[]): Promise<void> {
  await sql`insert into intake.fault (batch_id, place, file_name, row_no, column_name, shown_value, reason_zh, reason_en)
    select ${batchId}::uuid, place, f.file, f."row", f."column", f.value, f.zh, f.en
    from rows from (jsonb_to_recordset(${JSON.stringify(faults)}::jsonb)
      as (file text, "row" bigint, "column" text, value text, zh text, en text))
      with ordinality as f(file, "row", "column", value, zh, en, place)`.execute(trx)
}

export async function readFaults(trx: Trx, batchId: string, limit: number) {
  const { rows } = await sql<ShownFault>`
    select file_name as file, row_no::int as "row", column_name as "column", shown_value as value, reason_zh as zh, reason_en as en
    from intake.fault where batch_id = ${batchId}::uuid order by place limit ${limit}`.execute(trx)
  return rows.map(({ zh, en, ...fault }) => ({ ...fault, reason: { zh, en } }))
}

/** The batch, locked for the rest of the transaction; undefined where the caller sees none. */
export async function lockBatch(
  trx: Trx,
  batchId: string,
): Promise<(Batch & { sha256: string }) | undefined> {
  const { rows } = await sql<Batch & { sha256: string }>`
    select ${columns}, sha256 from intake.batch where batch_id = ${batchId}::uuid for update`.execute(trx)
  return rows[0]
}

export interface BatchChange {
  readonly mode?: 'all' | 'good'
  readonly newRows?: number
  readonly changedRows?: number
  readonly equalRows?: number
  readonly decidedBy?: string
  readonly decidedAt?: Date
}

export async function moveBatch(
  trx: Trx,
  batchId: string,
  state: BatchState,
  change: BatchChange = {},
): Promise<Batch> {
  const { rows } = await sql<Batch>`
    update intake.batch set state = ${state}, mode = coalesce(${change.mode ?? null}, mode),
      new_rows = coalesce(${change.newRows ?? null}, new_rows),
      changed_rows = coalesce(${change.changedRows ?? null}, changed_rows),
      equal_rows = coalesce(${change.equalRows ?? null}, equal_rows),
      decided_by = coalesce(${change.decidedBy ?? null}::uuid, decided_by),
      decided_at = coalesce(${change.decidedAt ?? null}, decided_at)
    where batch_id = ${batchId}::uuid returning ${columns}`.execute(trx)
  return rows[0]!
}

export async function listBatches(
  trx: Trx,
  query: { readonly dataset?: string | undefined; readonly limit: number },
  before: readonly [string, string] | undefined,
): Promise<readonly Batch[]> {
  const { rows } = await sql<Batch>`
    select ${columns} from intake.batch
    where (${query.dataset ?? null}::text is null or dataset = ${query.dataset ?? null})
      and (${before?.[0] ?? null}::timestamptz is null
        or (uploaded_at, batch_id) < (${before?.[0] ?? null}::timestamptz, ${before?.[1] ?? null}::uuid))
    order by uploaded_at desc, batch_id desc limit ${query.limit}`.execute(trx)
  return rows
}

/** Batches whose loading a stopped server left open. */
export async function loadingBatches(trx: Trx): Promise<readonly string[]> {
  const { rows } = await sql<{
    batch_id: string
  }>`select batch_id from intake.batch where state = 'loading'`.execute(trx)
  return rows.map((row) => row.batch_id)
}

export interface UnjudgedBatch {
  readonly batchId: string
  readonly dataset: string
  /** Rows that are in the warehouse because of it. */
  readonly rows: number
  readonly broughtBy: string
}

/** In the order in which they were loaded. */
export async function unjudgedBatches(trx: Trx, batchId?: string): Promise<readonly UnjudgedBatch[]> {
  const { rows } = await sql<UnjudgedBatch>`
    select batch_id as "batchId", dataset, (new_rows + changed_rows)::int as rows, decided_by as "broughtBy"
    from intake.batch
    where state = 'loaded' and judged_at is null and (${batchId ?? null}::uuid is null or batch_id = ${batchId ?? null}::uuid)
    order by decided_at, batch_id`.execute(trx)
  return rows
}

export async function markJudged(trx: Trx, at: Date, batchId?: string): Promise<void> {
  await sql`update intake.batch set judged_at = ${at}
    where state = 'loaded' and judged_at is null and (${batchId ?? null}::uuid is null or batch_id = ${batchId ?? null}::uuid)`.execute(
    trx,
  )
}
