import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import { type Cursor, decodeCursor, encodeCursor } from '#ground/paging/index.ts'
import type { CalendarDate } from '#ground/time/index.ts'
import type { UnitState } from './alerts.rules.ts'
import type { UnitItemRow } from './alerts.schema.ts'
import { type EventRow, type HitRow, toldDetail } from './detail.store.ts'

const columns = (today: CalendarDate) => sql`u.alert_id as "alertId", u.number, u.pack, u.level, u.state,
  u.on_date as "onDate", u.amount, u.rules, u.message_zh as "messageZh", u.message_en as "messageEn", u.request,
  u.verdict, u.verdict_reason as "verdictReason", u.violation_amount as "violationAmount",
  u.recovered_amount as "recoveredAmount", u.dispatched_at::text as "dispatchedAt", u.due_on as "dueOn",
  coalesce(u.state in ('dispatched', 'rectifying') and u.due_on < ${today}::date, false) as overdue,
  case when u.state in ('dispatched', 'rectifying') then calendar.workdays_between(${today}::date, u.due_on) end as "daysLeft",
  u.version`

/** A page of the caller's unit's items, newest first, with how many wait for an answer. */
export async function listUnitItems(
  trx: Trx,
  query: { state?: UnitState | undefined; cursor?: string | undefined; limit: number },
  today: CalendarDate,
): Promise<{ items: UnitItemRow[]; next: string | null; open: number }> {
  const after = query.cursor ? decodeCursor(query.cursor) : undefined
  const { rows } = await sql<UnitItemRow>`select ${columns(today)} from alerts.unit_item u
    where ${query.state ? sql`u.state = ${query.state}` : sql`true`}
      and ${after ? sql`(u.dispatched_at, u.alert_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`true`}
    order by u.dispatched_at desc, u.alert_id desc limit ${query.limit + 1}`.execute(trx)
  const { rows: counted } = await sql<{ open: number }>`select count(*)::int as open from alerts.unit_item u
    where u.state in ('dispatched', 'rectifying')`.execute(trx)
  const items = rows.slice(0, query.limit)
  const last = items.at(-1)
  const more = rows.length > query.limit && last !== undefined
  return {
    items,
    next: more ? encodeCursor([last.dispatchedAt, last.alertId] as Cursor) : null,
    open: counted[0]!.open,
  }
}

export async function readUnitItem(
  trx: Trx,
  alertId: string,
  today: CalendarDate,
): Promise<UnitItemRow | undefined> {
  const { rows } = await sql<UnitItemRow>`select ${columns(today)} from alerts.unit_item u
    where u.alert_id = ${alertId}`.execute(trx)
  return rows[0]
}

/** What was found, as far as it is disclosed: for a unit the hits come through a function that leaves out the rest. */
export async function readDisclosedHits(trx: Trx, alertId: string): Promise<readonly HitRow[]> {
  const { rows } = await sql<HitRow>`select * from alerts.disclosed_hits(${alertId}::uuid)`.execute(trx)
  return rows
}

/** The events that the unit may see, without the inner detail. */
export async function readUnitEvents(trx: Trx, alertId: string): Promise<readonly EventRow[]> {
  const { rows } = await sql<EventRow>`select event_id as "eventId", at::text, actor,
      case when actor = 'unit' then actor_id::text else '' end as "actorId", kind, note, files::text[] as files,
      ${toldDetail}
    from alerts.event where alert_id = ${alertId} and to_unit order by event_id`.execute(trx)
  return rows
}

/** The unit's step; false where the database refuses it. */
export async function stepOfUnit(
  trx: Trx,
  alertId: string,
  to: 'explained' | 'rectified',
  at: Date,
  recovered: string | null,
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select alerts.unit_step(${alertId}::uuid, ${to}, ${at}::timestamptz, ${recovered}::numeric) as done`.execute(
    trx,
  )
  return rows[0]!.done
}
