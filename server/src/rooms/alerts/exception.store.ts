import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import { type Cursor, decodeCursor, encodeCursor } from '#ground/paging/index.ts'
import type { CalendarDate } from '#ground/time/index.ts'
import type { GrantedException } from '#shared/rules/index.ts'
import type { ExceptionQuery, Standing, SuppressedHit, SuppressedQuery } from './exception.schema.ts'
import type { SentenceSource } from './masked-sentence.ts'

export interface StoredException {
  readonly exceptionId: string
  readonly number: string
  /** Null where the reader does not see the alert. */
  readonly alertId: string | null
  readonly alertNumber: string
  readonly pack: string
  readonly rule: string
  readonly unitCode: string | null
  readonly unitName: string | null
  readonly economicCode: string | null
  readonly counterparty: string | null
  readonly orgPath: string
  readonly validFrom: CalendarDate
  readonly validTo: CalendarDate
  readonly reason: string
  readonly approvalNo: string | null
  readonly standing: Standing
  readonly endedOn: CalendarDate | null
  readonly proposedBy: string
  readonly proposedAt: string
  readonly decidedBy: string | null
  readonly decidedAt: string | null
  readonly suppressed: number
  readonly version: number
}

/** From the hit of an alert: what an exception may be scoped by. */
export interface ExceptionScope {
  readonly alertNumber: string
  readonly pack: string
  readonly rule: string
  readonly unitCode: string | null
  readonly economicCode: string | null
  readonly counterparty: string | null
  readonly onDate: CalendarDate
  readonly personKeys: readonly string[]
}

const standing = (today: CalendarDate) => sql`case
  when e.state = 'approved' then case when e.valid_to < ${today}::date then 'expired' else 'in_force' end
  when e.state = 'ended' and e.annulled then 'annulled' else e.state end`

/** The days on which records are covered by `e`: until it ended, and not at all where it was annulled. */
const covers = (hit: RawBuilder<unknown>) => sql`e.rule = ${hit}.rule and e.state in ('approved', 'ended')
  and not e.annulled and (e.unit_code is null or e.unit_code = ${hit}.unit_code)
  and (e.economic_code is null or e.economic_code = ${hit}.economic_code)
  and (e.counterparty is null or e.counterparty = ${hit}.counterparty)
  and ${hit}.on_date between e.valid_from and least(e.valid_to, e.ended_on - 1)`

const columns = (
  today: CalendarDate,
) => sql`e.exception_id as "exceptionId", e.number, (select alert_id from alerts.alert a where a.alert_id = e.alert_id) as "alertId",
  e.alert_number as "alertNumber", e.pack, e.rule,
  e.unit_code as "unitCode", (select unit_name from organisation.unit n where n.unit_code = e.unit_code
    order by n.valid_from desc limit 1) as "unitName",
  e.economic_code as "economicCode", e.counterparty, e.org_path as "orgPath", e.valid_from as "validFrom",
  e.valid_to as "validTo", e.reason, e.approval_no as "approvalNo", ${standing(today)} as standing,
  e.ended_on as "endedOn", e.proposed_by::text as "proposedBy", e.proposed_at::text as "proposedAt",
  e.decided_by::text as "decidedBy", e.decided_at::text as "decidedAt", e.version,
  (select count(*)::int from rules.hit h where h.suppressed and ${covers(sql`h`)}) as suppressed`

export async function readScope(
  trx: Trx,
  alertId: string,
  rule: string,
): Promise<(ExceptionScope & { readonly verdict: string | null }) | undefined> {
  const { rows } = await sql<ExceptionScope & { verdict: string | null }>`
    select a.number as "alertNumber", a.pack, h.rule, a.unit_code as "unitCode", h.economic_code as "economicCode", h.counterparty,
      h.on_date as "onDate", a.person_keys as "personKeys", a.verdict
    from alerts.alert a left join alerts.alert_hit h on h.alert_id = a.alert_id and h.rule = ${rule}
    where a.alert_id = ${alertId}`.execute(trx)
  return rows[0]
}

/** An exception of the same scope that waits or holds. */
export async function readSame(
  trx: Trx,
  scope: Pick<ExceptionScope, 'rule' | 'unitCode' | 'economicCode' | 'counterparty'>,
  today: CalendarDate,
): Promise<string | undefined> {
  const { rows } = await sql<{ number: string }>`select number from alerts.exception e
    where e.rule = ${scope.rule} and e.unit_code is not distinct from ${scope.unitCode}
      and e.economic_code is not distinct from ${scope.economicCode}
      and e.counterparty is not distinct from ${scope.counterparty}
      and (e.state = 'proposed' or (e.state = 'approved' and e.valid_to >= ${today}::date)) limit 1`.execute(
    trx,
  )
  return rows[0]?.number
}

export async function insertException(
  trx: Trx,
  alertId: string,
  scope: ExceptionScope & { readonly validTo: CalendarDate; readonly reason: string; readonly place: string },
  at: Date,
  today: CalendarDate,
): Promise<string> {
  const { rows } = await sql<{ exception_id: string }>`
    insert into alerts.exception (number, alert_id, alert_number, pack, rule, unit_code, economic_code, counterparty, org_path,
      valid_from, valid_to, reason, person_keys, proposed_at)
    values ('LW' || left(${today}, 4) || lpad(nextval('alerts.exception_number')::text, 6, '0'), ${alertId}, ${scope.alertNumber}, ${scope.pack},
      ${scope.rule}, ${scope.unitCode}, ${scope.economicCode}, ${scope.counterparty},
      case when ${scope.unitCode}::text is null then ${scope.place} else organisation.unit_path(${scope.unitCode}) end,
      ${scope.onDate}, ${scope.validTo}, ${scope.reason}, ${scope.personKeys}::text[], ${at})
    returning exception_id`.execute(trx)
  return rows[0]!.exception_id
}

export async function addExceptionEvent(
  trx: Trx,
  exceptionId: string,
  kind: string,
  note: string | null,
  at: Date,
): Promise<void> {
  await sql`insert into alerts.exception_event (exception_id, at, kind, note)
    values (${exceptionId}, ${at}, ${kind}, ${note})`.execute(trx)
}

/** Locks it and reads it; undefined where the caller does not see it. */
export async function lockException(
  trx: Trx,
  exceptionId: string,
  today: CalendarDate,
): Promise<StoredException | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${exceptionId}, 0))`.execute(trx)
  return readException(trx, exceptionId, today)
}

export async function readException(
  trx: Trx,
  exceptionId: string,
  today: CalendarDate,
): Promise<StoredException | undefined> {
  const { rows } = await sql<StoredException>`select ${columns(today)} from alerts.exception e
    where e.exception_id = ${exceptionId}`.execute(trx)
  return rows[0]
}

export async function decideException(
  trx: Trx,
  exceptionId: string,
  decision: { readonly state: 'approved' | 'refused' | 'withdrawn'; readonly approvalNo: string | null },
  at: Date,
): Promise<void> {
  await sql`update alerts.exception set state = ${decision.state}, approval_no = ${decision.approvalNo},
      decided_by = app.user_id(), decided_at = ${at}, version = version + 1
    where exception_id = ${exceptionId}`.execute(trx)
}

export async function endException(
  trx: Trx,
  exceptionId: string,
  endedOn: CalendarDate,
  annulled: boolean,
): Promise<void> {
  await sql`update alerts.exception set state = 'ended', ended_on = ${endedOn}, annulled = ${annulled},
    version = version + 1 where exception_id = ${exceptionId}`.execute(trx)
}

export async function listExceptions(
  trx: Trx,
  query: ExceptionQuery,
  today: CalendarDate,
): Promise<{ items: StoredException[]; next: string | null }> {
  const after = query.cursor ? decodeCursor(query.cursor)[0] : null
  const { rows } = await sql<StoredException>`select ${columns(today)} from alerts.exception e
    where (${query.standing ?? null}::text is null or ${standing(today)} = ${query.standing ?? null})
      and (${query.rule ?? null}::text is null or e.rule = ${query.rule ?? null})
      and (${query.unit ?? null}::text is null or e.unit_code = ${query.unit ?? null})
      and (${query.alert ?? null}::uuid is null or e.alert_id = ${query.alert ?? null})
      and (${after}::uuid is null or e.exception_id < ${after}::uuid)
    order by e.exception_id desc limit ${query.limit + 1}`.execute(trx)
  return pageOf(rows, query.limit, ({ exceptionId }) => [exceptionId])
}

function pageOf<Row>(rows: readonly Row[], limit: number, position: (row: Row) => Cursor) {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor(position(last)) : null }
}

export async function readExceptionEvents(
  trx: Trx,
  exceptionId: string,
): Promise<readonly { at: string; kind: string; actorId: string; note: string | null }[]> {
  const { rows } = await sql<{ at: string; kind: string; actorId: string; note: string | null }>`
    select at::text, kind, actor_id::text as "actorId", note from alerts.exception_event
    where exception_id = ${exceptionId} order by event_id`.execute(trx)
  return rows
}

/** Suppressed hits in the caller's sight, newest day first, each with the exceptions that cover it. */
export async function listSuppressed(
  trx: Trx,
  query: SuppressedQuery,
): Promise<{
  items: (SuppressedHit & SentenceSource)[]
  next: string | null
  total?: { count: number; capped: boolean }
}> {
  const after = query.cursor ? decodeCursor(query.cursor) : undefined
  const ofOne = query.exception
    ? sql`and exists (select from alerts.exception e where e.exception_id = ${query.exception} and ${covers(sql`h`)})`
    : sql``
  const readable = sql`h.suppressed and (h.pack = any ((select alerts.readable_packs())::text[])
    or (select app.has_role('rule_approver'))) ${ofOne}`
  const beyond = after ? sql`and (h.on_date, h.hit_id) < (${after[0]}::date, ${after[1]}::uuid)` : sql``
  const { rows } = await sql<
    SuppressedHit & SentenceSource
  >`select h.hit_id::text as "hitId", h.pack, h.rule, h.level,
      h.unit_code as "unitCode", (select unit_name from organisation.unit n where n.unit_code = h.unit_code
        order by n.valid_from desc limit 1) as "unitName",
      h.on_date as "onDate", h.amount, h.message_zh as "messageZh", h.message_en as "messageEn", h.evidence,
      array(select e.number from alerts.exception e where ${covers(sql`h`)} order by e.number) as exceptions
    from rules.hit h where ${readable} ${beyond}
    order by h.on_date desc, h.hit_id desc limit ${query.limit + 1}`.execute(trx)
  const page = pageOf(rows, query.limit, ({ onDate, hitId }) => [onDate, hitId])
  if (query.cursor) return page
  const { rows: counted } = await sql<{ count: number }>`select count(*)::int as count from rules.hit h
    where ${readable}`.execute(trx)
  return { ...page, total: { count: counted[0]!.count, capped: false } }
}

/** Everything that was ever approved and not annulled: it covers the records of its days for good. As the system. */
export async function readPublished(trx: Trx): Promise<readonly GrantedException[]> {
  const { rows } = await sql<GrantedException>`select number as exception_id, rule as rule_code, unit_code,
      economic_code, counterparty, approval_no, reason, valid_from, least(valid_to, ended_on - 1) as valid_to
    from alerts.exception where state in ('approved', 'ended') and not annulled
      and least(valid_to, ended_on - 1) >= valid_from
    order by number`.execute(trx)
  return rows
}
