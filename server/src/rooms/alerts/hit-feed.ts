import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'

/**
 * Where hits come from. `takeInto` moves up to `limit` undelivered hits into the temporary table `incoming_hit` of the
 * transaction and marks them delivered in it: a rollback gives them back. Returns how many there were.
 */
export interface HitFeed {
  takeInto(trx: Trx, limit: number): Promise<number>
}

/** The columns of `incoming_hit`, in order. `person_keys` are the keyed hashes of the persons that the hit names. */
export const incomingColumns: RawBuilder<unknown> = sql`hit_id, pack, anchor, rule, rule_version, level, condition,
  unit_code, on_date, amount, counterparty, economic_code, keys, message_zh, message_en, evidence, evidence_hash,
  evidence_version, person_keys`

/** Makes the transaction's empty tables for a batch of arriving hits and for the alerts that they touch. */
export async function prepareIncoming(trx: Trx): Promise<void> {
  await sql`create temporary table incoming_hit (
    hit_id text not null, pack text not null, anchor text not null, rule text not null, rule_version text not null,
    level text not null, condition text not null, unit_code text, on_date date not null, amount numeric(18,2) not null,
    counterparty text, economic_code text, keys jsonb not null, message_zh text not null, message_en text not null,
    evidence jsonb not null, evidence_hash text not null, evidence_version integer not null, person_keys text[] not null
  ) on commit drop`.execute(trx)
}
