import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { Conflict, ConflictQuery, ConflictState, InvoiceVersion } from './conflict.schema.ts'

const columns = sql`c.conflict_id as "conflictId", c.batch_id as "batchId", b.file_name as "fileName",
  c.invoice_code as "invoiceCode", c.invoice_no as "invoiceNo", c.state, to_json(c.found_at) #>> '{}' as "foundAt",
  to_json(c.decided_at) #>> '{}' as "decidedAt", c.reason`

export interface InvoiceKey {
  readonly code: string
  readonly number: string
}

/** Notes what a loading laid aside; noting it again changes nothing. */
export async function insertConflicts(
  trx: Trx,
  batchId: string,
  keys: readonly InvoiceKey[],
  foundAt: Date,
): Promise<void> {
  await sql`insert into intake.invoice_conflict (batch_id, invoice_code, invoice_no, state, found_at)
    select ${batchId}::uuid, k.code, k.number, 'open', ${foundAt}
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k(code text, number text)
    on conflict (batch_id, invoice_code, invoice_no) do nothing`.execute(trx)
}

/** A batch that is taken out again takes its open questions with it. */
export async function withdrawConflicts(trx: Trx, batchId: string): Promise<void> {
  await sql`update intake.invoice_conflict set state = 'withdrawn'
    where batch_id = ${batchId}::uuid and state = 'open'`.execute(trx)
}

/** Invoices of a batch that wait for a decision. */
export async function countOpenConflicts(trx: Trx, batchId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from intake.invoice_conflict
    where batch_id = ${batchId}::uuid and state = 'open'`.execute(trx)
  return rows[0]!.n
}

export async function listConflicts(
  trx: Trx,
  query: Pick<ConflictQuery, 'state' | 'limit'>,
  before: readonly [string, string] | undefined,
): Promise<readonly Conflict[]> {
  const { rows } = await sql<Conflict>`
    select ${columns} from intake.invoice_conflict c join intake.batch b on b.batch_id = c.batch_id
    where (${query.state ?? null}::text is null or c.state = ${query.state ?? null})
      and (${before?.[0] ?? null}::timestamptz is null
        or (c.found_at, c.conflict_id) < (${before?.[0] ?? null}::timestamptz, ${before?.[1] ?? null}::uuid))
    order by c.found_at desc, c.conflict_id desc limit ${query.limit}`.execute(trx)
  return rows
}

export interface StoredConflict extends Conflict {
  readonly standing: InvoiceVersion | null
  readonly arriving: InvoiceVersion | null
}

/** The conflict with the versions that were kept at its decision, locked for the rest of the transaction. */
export async function lockConflict(trx: Trx, conflictId: string): Promise<StoredConflict | undefined> {
  const { rows } = await sql<StoredConflict>`
    select ${columns}, c.standing, c.arriving from intake.invoice_conflict c join intake.batch b on b.batch_id = c.batch_id
    where c.conflict_id = ${conflictId}::uuid for update of c`.execute(trx)
  return rows[0]
}

export async function settleConflict(
  trx: Trx,
  conflictId: string,
  settled: {
    readonly state: ConflictState
    readonly reason: string
    readonly decidedBy: string
    readonly decidedAt: Date
    readonly standing: InvoiceVersion | null
    readonly arriving: InvoiceVersion
  },
): Promise<void> {
  await sql`update intake.invoice_conflict set state = ${settled.state}, reason = ${settled.reason},
      decided_by = ${settled.decidedBy}::uuid, decided_at = ${settled.decidedAt},
      standing = ${JSON.stringify(settled.standing)}::jsonb, arriving = ${JSON.stringify(settled.arriving)}::jsonb
    where conflict_id = ${conflictId}::uuid`.execute(trx)
}
