import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { Posted } from './posting.schema.ts'

export interface Claim {
  readonly batchId: string
  readonly bodyHash: string
  readonly status: number | null
  readonly answer: Posted | null
}

/** Puts the request on record under its key, or finds what is on record there. */
export async function claimKey(
  trx: Trx,
  request: { sender: string; key: string; bodyHash: string; at: Date },
): Promise<Claim> {
  const { rows } = await sql<Claim>`
    with claimed as (
      insert into intake.posted (sender, idempotency_key, body_hash, posted_at)
      values (${request.sender}, ${request.key}, ${request.bodyHash}, ${request.at})
      on conflict do nothing returning *
    )
    select batch_id as "batchId", body_hash as "bodyHash", status, answer from claimed
    union all
    select batch_id, body_hash, status, answer from intake.posted
    where sender = ${request.sender} and idempotency_key = ${request.key}
    limit 1`.execute(trx)
  return rows[0]!
}

export async function keepAnswer(trx: Trx, batchId: string, status: number, answer: Posted): Promise<void> {
  await sql`update intake.posted set status = ${status}, answer = ${JSON.stringify(answer)}::jsonb
    where batch_id = ${batchId}::uuid`.execute(trx)
}

/** Requests that a stop broke off. */
export async function unansweredPosts(
  trx: Trx,
): Promise<readonly { batchId: string; sender: string; key: string; bodyHash: string; postedAt: Date }[]> {
  const { rows } = await sql<{
    batchId: string
    sender: string
    key: string
    bodyHash: string
    postedAt: Date
  }>`select batch_id as "batchId", sender, idempotency_key as key, body_hash as "bodyHash", posted_at as "postedAt"
    from intake.posted where answer is null`.execute(trx)
  return rows
}

export interface PostedBatch {
  readonly batchId: string
  readonly sender: string
  readonly key: string
  readonly bodyHash: string
  readonly byteCount: number
  readonly at: Date
  readonly outcome: Omit<Posted, 'batchId' | 'faults' | 'faultCount'>
}

/** The batch of a request, among the batches of files; false where it is there already. */
export async function insertPostedBatch(trx: Trx, batch: PostedBatch): Promise<boolean> {
  const { outcome } = batch
  const { numAffectedRows } = await sql`
    insert into intake.batch (batch_id, dataset, file_name, posted, sha256, byte_count, state, mode, total_rows, refused_rows,
      new_rows, changed_rows, equal_rows, uploaded_by, uploaded_at, decided_by, decided_at)
    values (${batch.batchId}::uuid, ${outcome.dataset}, ${`API ${batch.key}`}, true, ${batch.bodyHash}, ${batch.byteCount},
      ${outcome.state}, ${outcome.mode}, ${outcome.records}, ${outcome.refusedRecords}, ${outcome.newRecords},
      ${outcome.changedRecords}, ${outcome.equalRecords}, ${batch.sender}::uuid, ${batch.at}, ${batch.sender}::uuid,
      ${batch.at})
    on conflict (batch_id) do nothing`.execute(trx)
  return numAffectedRows === 1n
}

/** Of these units, those that lie outside the part of the tree. */
export async function unitsOutside(
  trx: Trx,
  scope: string,
  codes: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ code: string }>`
    select code from unnest(${codes}::text[]) as u(code)
    where not (organisation.unit_path(code) >= ${scope} and organisation.unit_path(code) < ${`${scope}/`})`.execute(
    trx,
  )
  return new Set(rows.map((row) => row.code))
}
