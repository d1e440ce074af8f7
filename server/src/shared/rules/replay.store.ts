import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { Replay, ReplaySide } from './replay.schema.ts'
import type { KeptHit } from './replay-hits.ts'

const columns = sql`replay_id as "replayId", pack, rule, side_a as a, side_b as b, period_from as "from",
  period_to as "to", state, stage, percent, fault, started_by as "startedBy", requested_at::text as "requestedAt",
  started_at::text as "startedAt", finished_at::text as "finishedAt"`

export interface NewReplay {
  readonly pack: string
  readonly rule: string
  readonly a: ReplaySide
  readonly b: ReplaySide
  readonly from: string
  readonly to: string
  readonly requestedAt: Date
}

export async function insertReplay(trx: Trx, replay: NewReplay): Promise<Replay> {
  const { rows } = await sql<Replay>`
    insert into rules.replay (pack, rule, side_a, side_b, period_from, period_to, requested_at)
    values (${replay.pack}, ${replay.rule}, ${JSON.stringify(replay.a)}::jsonb, ${JSON.stringify(replay.b)}::jsonb,
      ${replay.from}, ${replay.to}, ${replay.requestedAt})
    returning ${columns}`.execute(trx)
  return rows[0]!
}

export async function readReplay(trx: Trx, replayId: string): Promise<Replay | undefined> {
  const { rows } =
    await sql<Replay>`select ${columns} from rules.replay where replay_id = ${replayId}`.execute(trx)
  return rows[0]
}

/** Newest first; `before` is the last of the page before. */
export async function listReplays(
  trx: Trx,
  query: { readonly rule?: string | undefined; readonly limit: number },
  before: string | undefined,
): Promise<Replay[]> {
  const { rows } = await sql<Replay>`select ${columns} from rules.replay
    where ${query.rule === undefined ? sql`true` : sql`rule = ${query.rule}`}
      and ${before === undefined ? sql`true` : sql`replay_id < ${before}::uuid`}
    order by replay_id desc limit ${query.limit}`.execute(trx)
  return rows
}

/** Takes a waiting replay into work; undefined when it no longer waits. */
export async function beginReplay(trx: Trx, replayId: string, at: Date): Promise<Replay | undefined> {
  const { rows } =
    await sql<Replay>`update rules.replay set state = 'running', stage = 'side_a', started_at = ${at}
    where replay_id = ${replayId} and state = 'waiting' returning ${columns}`.execute(trx)
  return rows[0]
}

/** Writes down what runs on either side. */
export async function describeSides(trx: Trx, replayId: string, a: ReplaySide, b: ReplaySide): Promise<void> {
  await sql`update rules.replay set side_a = ${JSON.stringify(a)}::jsonb, side_b = ${JSON.stringify(b)}::jsonb
    where replay_id = ${replayId} and state = 'running'`.execute(trx)
}

export async function noteProgress(
  trx: Trx,
  replayId: string,
  stage: NonNullable<Replay['stage']>,
  percent: number,
): Promise<void> {
  await sql`update rules.replay set stage = ${stage}, percent = ${percent}
    where replay_id = ${replayId} and state = 'running'`.execute(trx)
}

/** Ends a replay that runs; one that was cancelled meanwhile stays so. What is not done keeps no hits. */
export async function endReplay(
  trx: Trx,
  replayId: string,
  end: { readonly state: Replay['state']; readonly fault?: string | undefined; readonly at: Date },
): Promise<void> {
  await sql`update rules.replay set state = ${end.state}, stage = null, fault = ${end.fault ?? null},
      percent = case when ${end.state} = 'done' then 100 else percent end, finished_at = ${end.at}
    where replay_id = ${replayId} and state = 'running'`.execute(trx)
  await sql`delete from rules.replay_hit h where replay_id = ${replayId}
    and not exists (select from rules.replay r where r.replay_id = h.replay_id and r.state = 'done')`.execute(
    trx,
  )
}

/** Cancels a replay that has not ended, as the caller; whether there was one. */
export async function cancelReplay(trx: Trx, replayId: string, at: Date): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update rules.replay set state = 'cancelled', stage = null, finished_at = ${at}
    where replay_id = ${replayId} and state in ('waiting', 'running')`.execute(trx)
  return numAffectedRows === 1n
}

/** Marks replays that a stop of the server cut off; they can be started again. */
export async function breakRunning(trx: Trx, at: Date): Promise<void> {
  await sql`update rules.replay set state = 'broken', stage = null, finished_at = ${at}
    where state = 'running'`.execute(trx)
  await sql`delete from rules.replay_hit h using rules.replay r
    where r.replay_id = h.replay_id and r.state <> 'done'`.execute(trx)
}

export async function insertReplayHits(
  trx: Trx,
  replayId: string,
  hits: readonly (KeptHit & { readonly verdict: string | null })[],
): Promise<void> {
  const lines = hits.map((hit) => ({
    position: hit.position,
    outcome: hit.outcome,
    changed: hit.changed,
    unit_code: hit.unitCode,
    on_date: hit.onDate,
    level_a: hit.a?.level ?? null,
    level_b: hit.b?.level ?? null,
    amount_a: hit.a?.amount ?? null,
    amount_b: hit.b?.amount ?? null,
    condition_a: hit.a?.condition ?? null,
    condition_b: hit.b?.condition ?? null,
    record: hit.record,
    message_zh: hit.message.zh,
    message_en: hit.message.en,
    verdict: hit.verdict,
    person_keys: hit.personKeys,
  }))
  await sql`with incoming as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r(position integer, outcome text,
        changed boolean, unit_code text, on_date date, level_a text, level_b text, amount_a numeric(18, 2),
        amount_b numeric(18, 2), condition_a text, condition_b text, record text, message_zh text, message_en text,
        verdict text, person_keys text[])
    ), place as materialized (
      select unit_code, organisation.unit_path(unit_code) as org_path
      from (select distinct unit_code from incoming) u
    )
    insert into rules.replay_hit (replay_id, position, outcome, changed, unit_code, org_path, on_date, level_a, level_b,
      amount_a, amount_b, condition_a, condition_b, record, message_zh, message_en, verdict, person_keys)
    select ${replayId}::uuid, position, outcome, changed, i.unit_code, p.org_path, on_date, level_a, level_b, amount_a,
      amount_b, condition_a, condition_b, record, message_zh, message_en, verdict, person_keys
    from incoming i join place p on p.unit_code is not distinct from i.unit_code`.execute(trx)
}
