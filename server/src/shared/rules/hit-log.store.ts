import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { Hit } from './hit.ts'
import type { RuleOutcome } from './runner.ts'

export interface RunRecord {
  readonly pack: string
  readonly cause: 'schedule' | 'demand' | 'arrival'
  readonly asOf: string
  readonly startedBy: string
  readonly finishedAt: Date
}

export async function insertRun(trx: Trx, run: RunRecord, outcomes: readonly RuleOutcome[]): Promise<string> {
  const milliseconds = outcomes.reduce((total, outcome) => total + outcome.milliseconds, 0)
  const { rows } = await sql<{ run_id: string }>`
    insert into rules.run (pack, cause, as_of, started_by, finished_at, milliseconds)
    values (${run.pack}, ${run.cause}, ${run.asOf}, ${run.startedBy}, ${run.finishedAt}, ${milliseconds})
    returning run_id`.execute(trx)
  const runId = rows[0]!.run_id
  const lines = outcomes.map((outcome) => ({
    rule: outcome.rule.code,
    rule_version: outcome.rule.version,
    parameters: outcome.parameters,
    mode: outcome.mode,
    configuration: outcome.configuration,
    state: outcome.state,
    missing: outcome.missing,
    error: outcome.error ?? null,
    rows_read: outcome.rowsRead,
    hits: outcome.hits.length,
    suppressed: outcome.suppressed.length,
    milliseconds: outcome.milliseconds,
  }))
  await sql`insert into rules.run_rule (run_id, rule, rule_version, parameters, state, missing, error, rows_read, hits,
      suppressed, milliseconds, mode, configuration)
    select ${runId}::uuid, r.* from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r(rule text, rule_version text,
      parameters jsonb, state text, missing text[], error text, rows_read bigint, hits integer, suppressed integer,
      milliseconds integer, mode text, configuration integer)`.execute(trx)
  return runId
}

export interface HitRecord {
  readonly hit: Hit
  readonly parameters: object
  readonly personKeys: readonly string[]
  /** Found by a rule on trial: kept, and not put up for the alerts. */
  readonly trial: boolean
}

export interface Appended {
  readonly fresh: number
  readonly changed: number
}

/**
 * Appends hits of one run in one statement: new anchors become hits, known ones with other evidence get a further
 * version, equal ones stay untouched. New versions that are not white-listed are put up for the alerts; those of a rule on
 * trial are not, until it goes live and finds them again.
 */
export async function appendHits(
  trx: Trx,
  run: { readonly runId: string; readonly pack: string },
  records: readonly HitRecord[],
): Promise<Appended> {
  const { rows } = await sql<{ fresh: string; changed: string }>`
    with incoming as (
      select * from jsonb_to_recordset(${JSON.stringify(records.map(wireOf))}::jsonb) as r(rule text, anchor text,
        rule_version text, parameters jsonb, level text, condition text, unit_code text, on_date date,
        amount numeric(18, 2), counterparty text, economic_code text, keys jsonb, message_zh text, message_en text,
        evidence jsonb, evidence_hash text, suppressed boolean, trial boolean, person_keys text[])
    ),
    written as (
      insert into rules.hit (pack, rule, anchor, rule_version, parameters, level, condition, unit_code, on_date, amount,
        counterparty, economic_code, keys, message_zh, message_en, evidence, evidence_hash, evidence_version, suppressed,
        trial, person_keys, first_run, last_run)
      select ${run.pack}, rule, anchor, rule_version, parameters, level, condition, unit_code, on_date, amount,
        counterparty, economic_code, keys, message_zh, message_en, evidence, evidence_hash, 1, suppressed, trial, person_keys,
        ${run.runId}::uuid, ${run.runId}::uuid
      from incoming
      on conflict (rule, anchor) do update set rule_version = excluded.rule_version, parameters = excluded.parameters,
        level = excluded.level, condition = excluded.condition, unit_code = excluded.unit_code, on_date = excluded.on_date,
        amount = excluded.amount, counterparty = excluded.counterparty, economic_code = excluded.economic_code,
        message_zh = excluded.message_zh, message_en = excluded.message_en, evidence = excluded.evidence,
        evidence_hash = excluded.evidence_hash, evidence_version = rules.hit.evidence_version + 1,
        suppressed = excluded.suppressed, trial = excluded.trial, person_keys = excluded.person_keys, last_run = excluded.last_run
      where rules.hit.evidence_hash <> excluded.evidence_hash or rules.hit.suppressed <> excluded.suppressed
        or (rules.hit.trial and not excluded.trial)
      returning *
    ),
    kept as (
      insert into rules.hit_evidence
      select hit_id, evidence_version, ${run.runId}::uuid, rule_version, parameters, level, amount, evidence, evidence_hash
      from written
    ),
    put_up as (
      insert into rules.hit_delivery select hit_id, evidence_version from written where not suppressed and not trial
    )
    select count(*) filter (where evidence_version = 1) as fresh, count(*) filter (where evidence_version > 1) as changed
    from written`.execute(trx)
  return { fresh: Number(rows[0]?.fresh), changed: Number(rows[0]?.changed) }
}

function wireOf({ hit, parameters, personKeys, trial }: HitRecord) {
  return {
    rule: hit.rule,
    anchor: hit.anchor,
    rule_version: hit.ruleVersion,
    parameters,
    level: hit.level,
    condition: hit.condition,
    unit_code: hit.unitCode,
    on_date: hit.onDate,
    amount: hit.amount,
    counterparty: hit.counterparty,
    economic_code: hit.economicCode,
    keys: hit.keys,
    message_zh: hit.message.zh,
    message_en: hit.message.en,
    evidence: hit.evidence,
    evidence_hash: hit.evidenceHash,
    suppressed: hit.suppressed,
    trial,
    person_keys: personKeys,
  }
}

/** What alerts gather by: the hits of one pack at one anchor. */
export interface AnchorOfPack {
  readonly pack: string
  readonly anchor: string
}

/** An anchor whose hits nobody has taken yet: the day of the last of them, and the heaviest level. */
export interface WaitingAnchor extends AnchorOfPack {
  readonly unitCode: string | null
  readonly onDate: string
  readonly level: string
}

/** The anchors whose hits nobody has taken yet, earliest first. */
export async function waitingAnchors(trx: Trx): Promise<readonly WaitingAnchor[]> {
  const { rows } = await sql<WaitingAnchor>`
    select pack, anchor, max(unit_code) as "unitCode", max(on_date)::text as "onDate",
      (array_agg(level order by array_position(array['red', 'yellow', 'blue'], level)))[1] as level
    from rules.hit join rules.hit_delivery using (hit_id)
    where not trial group by pack, anchor order by max(on_date), pack, anchor`.execute(trx)
  return rows
}

/**
 * Moves up to `limit` versions that nobody has taken into the transaction's table `incoming_hit`, in its columns. Two
 * takers at once get different ones; a rollback gives them back. Returns how many.
 * @param only takes those of these anchors and leaves the others
 */
export async function takeDeliveries(
  trx: Trx,
  limit: number,
  columns: ReturnType<typeof sql>,
  only?: readonly AnchorOfPack[],
): Promise<number> {
  const wanted = only
    ? sql`where hit_id in (select hit_id from rules.hit where (pack, anchor) in (
        select w.pack, w.anchor from jsonb_to_recordset(${JSON.stringify(only)}::jsonb) as w(pack text, anchor text)))`
    : sql``
  const { numAffectedRows } = await sql`
    with taken as (
      delete from rules.hit_delivery d using (
        select hit_id, evidence_version from rules.hit_delivery ${wanted} order by hit_id limit ${limit}
        for update skip locked
      ) w where w.hit_id = d.hit_id and w.evidence_version = d.evidence_version
      returning d.hit_id
    )
    insert into incoming_hit (${columns})
    select hit_id::text, pack, anchor, rule, rule_version, level, condition, unit_code, on_date, amount, counterparty,
      economic_code, keys, message_zh, message_en, evidence, evidence_hash, evidence_version, person_keys
    from rules.hit where hit_id in (select hit_id from taken) and not trial`.execute(trx)
  return Number(numAffectedRows ?? 0)
}
