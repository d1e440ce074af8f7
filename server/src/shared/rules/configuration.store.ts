import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import { type Cursor, decodeCursor, encodeCursor } from '#ground/paging/index.ts'
import type { CalendarDate } from '#ground/time/index.ts'
import type { ConfigurationKind, Content, ProposalInput } from './configuration.schema.ts'

export interface ConfiguredObject {
  readonly kind: ConfigurationKind
  readonly object: string
  readonly version: number
  readonly content: Content
}

export interface ProposalRow {
  readonly proposalId: string
  readonly kind: ConfigurationKind
  readonly object: string
  readonly baseVersion: number
  readonly before: Content
  readonly content: Content
  readonly reason: string
  readonly effectiveFrom: CalendarDate
  readonly state: 'waiting' | 'approved' | 'rejected' | 'withdrawn'
  readonly proposedBy: string
  readonly proposedAt: string
  readonly decidedBy: string | null
  readonly decidedAt: string | null
  readonly decision: string | null
  readonly version: number | null
}

export interface VersionRow {
  readonly version: number
  /** What it changed: the content that it was drawn up on. */
  readonly before: Content
  readonly content: Content
  readonly validFrom: CalendarDate
  readonly validTo: CalendarDate | null
  readonly reason: string
  readonly proposedBy: string
  readonly proposedAt: string
  readonly approvedBy: string
  readonly approvedAt: string
}

/** Everything in force on a day, objects that were never changed as they are shipped. */
export async function readInForce(trx: Trx, day: CalendarDate): Promise<readonly ConfiguredObject[]> {
  const { rows } = await sql<ConfiguredObject>`
    select kind, object, version, content from rules.in_force(${day}::date) order by kind, object`.execute(
    trx,
  )
  return rows
}

/** What was decided last about an object, in force already or not; the shipped content where nothing was. */
export async function readNewest(
  trx: Trx,
  kind: ConfigurationKind,
  object: string,
): Promise<{ version: number; content: Content } | undefined> {
  const { rows } = await sql<{ version: number; content: Content }>`
    select version, content from (
      (select version, content from rules.version where kind = ${kind} and object = ${object}
        order by version desc limit 1)
      union all
      (select 0, content from rules.shipped where kind = ${kind} and object = ${object}
        order by valid_from desc limit 1)) found
    order by version desc limit 1`.execute(trx)
  return rows[0]
}

export interface NewestVersion extends ConfiguredObject {
  readonly validFrom: CalendarDate
}

/** The version that was decided last of every object of a kind that was ever changed. */
export async function readNewestVersions(
  trx: Trx,
  kind: ConfigurationKind,
): Promise<ReadonlyMap<string, NewestVersion>> {
  const { rows } = await sql<NewestVersion>`
    select distinct on (object) kind, object, version, content, valid_from as "validFrom" from rules.version
    where kind = ${kind} order by object, version desc`.execute(trx)
  return new Map(rows.map((row) => [row.object, row]))
}

/** Notes what the product ships where it differs from what it shipped before. */
export async function takeShipped(
  trx: Trx,
  objects: readonly Omit<ConfiguredObject, 'version'>[],
  days: { readonly ever: CalendarDate; readonly today: CalendarDate },
): Promise<void> {
  await sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(objects)}::jsonb) as g(kind text, object text, content jsonb)
    ), last as (
      select distinct on (kind, object) kind, object, content from rules.shipped order by kind, object, valid_from desc
    )
    insert into rules.shipped (kind, object, valid_from, content)
    select g.kind, g.object, case when l.content is null then ${days.ever}::date else ${days.today}::date end, g.content
    from given g left join last l using (kind, object)
    where l.content is distinct from g.content
    on conflict do nothing`.execute(trx)
}

/** One change of an object at a time, across the whole installation. */
export async function lockObject(trx: Trx, kind: ConfigurationKind, object: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`rules.${kind}.${object}`}, 0))`.execute(trx)
}

export async function insertProposal(
  trx: Trx,
  input: ProposalInput,
  before: Content,
  at: Date,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into rules.proposal (kind, object, base_version, before, content, reason, effective_from, proposed_at)
    values (${input.kind}, ${input.object}, ${input.baseVersion}, ${JSON.stringify(before)}::jsonb,
      ${JSON.stringify(input.content)}::jsonb, ${input.reason}, ${input.effectiveFrom}::date, ${at})
    returning proposal_id as id`.execute(trx)
  return rows[0]!.id
}

const proposalColumns = sql`p.proposal_id as "proposalId", p.kind, p.object, p.base_version as "baseVersion", p.before,
  p.content, p.reason, p.effective_from as "effectiveFrom", p.state, p.proposed_by as "proposedBy",
  p.proposed_at::text as "proposedAt", p.decided_by as "decidedBy", p.decided_at::text as "decidedAt", p.decision,
  (select v.version from rules.version v where v.proposal_id = p.proposal_id) as version`

export async function readProposal(trx: Trx, proposalId: string): Promise<ProposalRow | undefined> {
  const { rows } = await sql<ProposalRow>`
    select ${proposalColumns} from rules.proposal p where p.proposal_id = ${proposalId}`.execute(trx)
  return rows[0]
}

export async function readWaiting(trx: Trx): Promise<readonly ProposalRow[]> {
  const { rows } = await sql<ProposalRow>`
    select ${proposalColumns} from rules.proposal p where p.state = 'waiting' order by p.proposal_id`.execute(
    trx,
  )
  return rows
}

export interface ProposalQuery {
  readonly state?: 'waiting' | 'decided' | undefined
  readonly kind?: ConfigurationKind | undefined
  readonly object?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/** Proposals, newest first. */
export async function listProposals(
  trx: Trx,
  query: ProposalQuery,
): Promise<{ items: readonly ProposalRow[]; next: string | null }> {
  const after = query.cursor ? decodeCursor(query.cursor) : undefined
  const { rows } = await sql<ProposalRow>`
    select ${proposalColumns} from rules.proposal p
    where ${query.state === 'waiting' ? sql`p.state = 'waiting'` : query.state ? sql`p.state <> 'waiting'` : sql`true`}
      and ${query.kind ? sql`p.kind = ${query.kind}` : sql`true`}
      and ${query.object ? sql`p.object = ${query.object}` : sql`true`}
      and ${after ? sql`p.proposal_id < ${after[0]}::uuid` : sql`true`}
    order by p.proposal_id desc limit ${query.limit + 1}`.execute(trx)
  const items = rows.slice(0, query.limit)
  const last = items.at(-1)
  const next = rows.length > query.limit && last ? encodeCursor([last.proposalId] as Cursor) : null
  return { items, next }
}

/** Closes a proposal that waits. Returns false where it no longer does, or the database does not let the caller. */
export async function closeProposal(
  trx: Trx,
  proposalId: string,
  to: 'approved' | 'rejected' | 'withdrawn',
  decision: string | undefined,
  at: Date,
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update rules.proposal set state = ${to}, decided_by = app.user_id(), decided_at = ${at}, decision = ${decision ?? null}
    where proposal_id = ${proposalId} and state = 'waiting' returning proposal_id as id`.execute(trx)
  return rows.length > 0
}

export async function insertVersion(
  trx: Trx,
  proposal: ProposalRow,
  validFrom: CalendarDate,
  at: Date,
): Promise<number> {
  const version = proposal.baseVersion + 1
  await sql`insert into rules.version (kind, object, version, content, valid_from, proposal_id, approved_at)
    values (${proposal.kind}, ${proposal.object}, ${version}, ${JSON.stringify(proposal.content)}::jsonb,
      ${validFrom}::date, ${proposal.proposalId}, ${at})`.execute(trx)
  return version
}

/** Every decided version of an object, newest first. */
export async function readVersions(
  trx: Trx,
  kind: ConfigurationKind,
  object: string,
): Promise<readonly VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select v.version, p.before, v.content, v.valid_from as "validFrom", v.valid_to as "validTo", p.reason,
      p.proposed_by as "proposedBy", p.proposed_at::text as "proposedAt", p.decided_by as "approvedBy",
      v.approved_at::text as "approvedAt"
    from rules.version_span v join rules.proposal p using (proposal_id)
    where v.kind = ${kind} and v.object = ${object} order by v.version desc`.execute(trx)
  return rows
}

/** Versions of one kind with their spans, for what is dated by the day of a record rather than by the day of the run. */
export async function readSpans(
  trx: Trx,
  kind: ConfigurationKind,
): Promise<
  readonly (ConfiguredObject & { readonly validFrom: CalendarDate; readonly validTo: CalendarDate | null })[]
> {
  const { rows } = await sql<ConfiguredObject & { validFrom: CalendarDate; validTo: CalendarDate | null }>`
    with span as (
      select kind, object, version, content, valid_from, valid_to from rules.version_span where kind = ${kind}
      union all
      select kind, object, 0, content, valid_from,
        least(lead(valid_from) over (partition by object order by valid_from),
          (select min(v.valid_from) from rules.version v where v.kind = s.kind and v.object = s.object)) - 1
      from rules.shipped s where kind = ${kind}
    )
    select kind, object, version, content, valid_from as "validFrom", valid_to as "validTo" from span
    where valid_to is null or valid_to >= valid_from order by object, valid_from`.execute(trx)
  return rows
}
