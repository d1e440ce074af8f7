import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { ComposedContent, ComposedSummary, composedStates } from './composed-rule.schema.ts'

export type ComposedState = (typeof composedStates)[number]

export interface StoredVersion {
  readonly code: string
  readonly version: number
  readonly pack: string
  readonly dataset: string
  readonly state: ComposedState
  readonly content: ComposedContent
  readonly reason: string | null
  readonly draftedBy: string
  readonly draftedAt: string
  readonly proposedBy: string | null
  readonly proposedAt: string | null
  readonly decidedBy: string | null
  readonly decidedAt: string | null
  readonly decision: string | null
  readonly endedBy: string | null
  readonly endedAt: string | null
  readonly endReason: string | null
}

const columns = sql`v.code, v.version, c.pack, c.dataset, v.state, v.content, v.reason, v.drafted_by as "draftedBy",
  v.drafted_at::text as "draftedAt", v.proposed_by as "proposedBy", v.proposed_at::text as "proposedAt",
  v.decided_by as "decidedBy", v.decided_at::text as "decidedAt", v.decision, v.ended_by as "endedBy",
  v.ended_at::text as "endedAt", v.end_reason as "endReason"`

const source = sql`rules.composed_version v join rules.composed_rule c using (code)`

/** Makes the next code; those who compose at once wait for each other. */
export async function insertComposedRule(
  trx: Trx,
  rule: { readonly pack: string; readonly dataset: string; readonly at: Date },
): Promise<string> {
  await sql`select pg_advisory_xact_lock(464602)`.execute(trx)
  const { rows } = await sql<{ code: string }>`
    insert into rules.composed_rule (code, pack, dataset, created_at)
    select 'ZD' || case when n < 10 then '0' else '' end || n, ${rule.pack}, ${rule.dataset}, ${rule.at}
    from (select coalesce(max(substr(code, 3)::integer), 0) + 1 as n from rules.composed_rule) next
    returning code`.execute(trx)
  return rows[0]!.code
}

export async function readComposedRule(
  trx: Trx,
  code: string,
): Promise<{ pack: string; dataset: string } | undefined> {
  const { rows } = await sql<{ pack: string; dataset: string }>`
    select pack, dataset from rules.composed_rule where code = ${code}`.execute(trx)
  return rows[0]
}

/** Keeps a draft: the open one of the rule is written anew, else it becomes the next version. Returns its number. */
export async function saveDraft(
  trx: Trx,
  code: string,
  content: ComposedContent,
  at: Date,
): Promise<number | undefined> {
  await lockVersions(trx, code)
  const draft = await sql<{ version: number }>`update rules.composed_version
    set content = ${JSON.stringify(content)}::jsonb, drafted_by = app.user_id(), drafted_at = ${at}
    where code = ${code} and state = 'draft' returning version`.execute(trx)
  if (draft.rows[0]) return draft.rows[0].version
  const { rows } = await sql<{ version: number }>`
    insert into rules.composed_version (code, version, content, drafted_at)
    select ${code}, coalesce(max(version), 0) + 1, ${JSON.stringify(content)}::jsonb, ${at}
    from rules.composed_version where code = ${code}
    having not coalesce(bool_or(state = 'trial'), false)
    returning version`.execute(trx)
  return rows[0]?.version
}

/** Lets steps on one rule wait for each other. */
async function lockVersions(trx: Trx, code: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(464603, hashtext(${code}))`.execute(trx)
}

export async function readVersions(trx: Trx, code: string): Promise<StoredVersion[]> {
  await lockVersions(trx, code)
  const { rows } = await sql<StoredVersion>`select ${columns} from ${source}
    where v.code = ${code} order by v.version desc`.execute(trx)
  return rows
}

/** Versions in one of the states, by code; for running and replaying them. */
export async function readByState(trx: Trx, states: readonly ComposedState[]): Promise<StoredVersion[]> {
  const { rows } = await sql<StoredVersion>`select ${columns} from ${source}
    where v.state = any (${states as string[]}) order by v.code, v.version`.execute(trx)
  return rows
}

export async function listComposed(trx: Trx): Promise<ComposedSummary[]> {
  const { rows } = await sql<ComposedSummary>`select distinct on (c.code) c.code, c.pack, c.dataset,
      v.content->'title' as title, v.content->>'level' as level, v.version, v.state,
      (select live.version from rules.composed_version live where live.code = c.code and live.state = 'live') as live,
      greatest(v.drafted_at, v.proposed_at, v.decided_at, v.ended_at)::text as "changedAt"
    from rules.composed_rule c join rules.composed_version v using (code)
    order by c.code, v.version desc`.execute(trx)
  return rows
}

interface Step {
  readonly code: string
  readonly version: number
  readonly from: ComposedState
  readonly to: ComposedState
}

/** Moves a version from a state to another, with what belongs to the step; whether it was in that state. */
async function move(trx: Trx, step: Step, changes: RawBuilder<unknown>): Promise<boolean> {
  const { numAffectedRows } = await sql`update rules.composed_version set state = ${step.to}, ${changes}
    where code = ${step.code} and version = ${step.version} and state = ${step.from}`.execute(trx)
  return numAffectedRows === 1n
}

type Place = Pick<Step, 'code' | 'version'>

export function proposeVersion(trx: Trx, place: Place, reason: string, at: Date): Promise<boolean> {
  return move(
    trx,
    { ...place, from: 'draft', to: 'trial' },
    sql`reason = ${reason}, proposed_by = app.user_id(), proposed_at = ${at}`,
  )
}

export function decideVersion(
  trx: Trx,
  place: Place,
  to: 'live' | 'rejected' | 'withdrawn',
  decision: string | null,
  at: Date,
): Promise<boolean> {
  return move(
    trx,
    { ...place, from: 'trial', to },
    sql`decided_by = app.user_id(), decided_at = ${at}, decision = ${decision}`,
  )
}

/** The version in force gives way to the one that is about to be. */
export async function supersede(trx: Trx, code: string): Promise<void> {
  await sql`update rules.composed_version set state = 'superseded' where code = ${code} and state = 'live'`.execute(
    trx,
  )
}

export function endVersion(trx: Trx, place: Place, reason: string, at: Date): Promise<boolean> {
  return move(
    trx,
    { ...place, from: 'live', to: 'ended' },
    sql`ended_by = app.user_id(), ended_at = ${at}, end_reason = ${reason}`,
  )
}
