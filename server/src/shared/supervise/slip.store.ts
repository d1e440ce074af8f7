import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import { type Cursor, decodeCursor, encodeCursor } from '#ground/paging/index.ts'
import type { CalendarDate } from '#ground/time/index.ts'
import type { SlipState } from './slip.rules.ts'

export interface SlipRow {
  readonly slipId: string
  readonly number: string
  readonly room: string
  readonly subjectId: string
  readonly subjectTitle: string
  readonly link: string
  readonly orgPath: string
  readonly demand: string
  readonly state: SlipState
  readonly termDays: number
  readonly issuedOn: CalendarDate
  readonly dueOn: CalendarDate
  readonly overdue: boolean
  readonly rung: number
  readonly reply: string | null
  readonly replyFiles: string[]
  readonly version: number
}

export interface LockedSlip extends SlipRow {
  readonly addresseeRoles: readonly string[]
  readonly supervisorRoles: readonly string[]
  readonly personKeys: readonly string[]
}

export interface NewSlip {
  readonly room: string
  readonly subjectId: string
  readonly subjectTitle: string
  readonly link: string
  readonly orgPath: string
  readonly addresseeRoles: readonly string[]
  readonly supervisorRoles: readonly string[]
  readonly personKeys?: readonly string[]
  readonly demand: string
  readonly termDays: number
}

const columns = (today: CalendarDate) => sql`slip_id as "slipId", number, room, subject_id as "subjectId",
  subject_title as "subjectTitle", link, org_path as "orgPath", demand, state, term_days as "termDays",
  issued_on as "issuedOn", due_on as "dueOn", state = 'issued' and due_on < ${today}::date as overdue, rung, reply,
  reply_files::text[] as "replyFiles", version`
const lockedColumns = (today: CalendarDate) => sql`${columns(today)}, addressee_roles as "addresseeRoles",
  supervisor_roles as "supervisorRoles", person_keys as "personKeys"`

export async function insertSlip(
  trx: Trx,
  slip: NewSlip,
  at: Date,
  today: CalendarDate,
): Promise<LockedSlip> {
  const { rows } =
    await sql<LockedSlip>`insert into supervise.slip (number, room, subject_id, subject_title, link,
      org_path, addressee_roles, supervisor_roles, person_keys, demand, term_days, issued_on, due_on, issued_at)
    values ('DB' || left(${today}, 4) || lpad(nextval('supervise.slip_number')::text, 6, '0'), ${slip.room},
      ${slip.subjectId}, ${slip.subjectTitle}, ${slip.link}, ${slip.orgPath}, ${slip.addresseeRoles as string[]}::text[],
      ${slip.supervisorRoles as string[]}::text[], ${(slip.personKeys ?? []) as string[]}::text[], ${slip.demand},
      ${slip.termDays}, ${today}::date, calendar.add_workdays(${today}::date, ${slip.termDays}), ${at})
    returning ${lockedColumns(today)}`.execute(trx)
  return rows[0]!
}

export async function lockSlip(
  trx: Trx,
  slipId: string,
  today: CalendarDate,
): Promise<LockedSlip | undefined> {
  const { rows } = await sql<LockedSlip>`select ${lockedColumns(today)} from supervise.slip
    where slip_id = ${slipId} for update`.execute(trx)
  return rows[0]
}

/** Changes the state; a slip sent back gets its term anew. */
export async function moveSlip(
  trx: Trx,
  slipId: string,
  to: SlipState,
  reply: { text: string; files: readonly string[] } | undefined,
  at: Date,
  today: CalendarDate,
): Promise<void> {
  await sql`update supervise.slip set state = ${to}, version = version + 1,
      reply = coalesce(${reply?.text ?? null}, reply),
      reply_files = coalesce(${(reply?.files as string[] | undefined) ?? null}::uuid[], reply_files),
      replied_by = case when ${to} = 'replied' then app.user_id() else replied_by end,
      replied_at = case when ${to} = 'replied' then ${at}::timestamptz else replied_at end,
      closed_at = case when ${to} in ('accepted', 'withdrawn') then ${at}::timestamptz end,
      rung = case when ${to} = 'issued' then 0 else rung end,
      due_on = case when ${to} = 'issued' then calendar.add_workdays(${today}::date, term_days) else due_on end
    where slip_id = ${slipId}`.execute(trx)
}

export async function appendSlipEvent(
  trx: Trx,
  slipId: string,
  kind: string,
  note: string | null,
  at: Date,
): Promise<void> {
  await sql`insert into supervise.slip_event (slip_id, at, kind, note) values (${slipId}, ${at}, ${kind}, ${note})`.execute(
    trx,
  )
}

export async function listSlips(
  trx: Trx,
  query: {
    state?: SlipState | undefined
    room?: string | undefined
    subjectId?: string | undefined
    overdue?: boolean | undefined
    cursor?: string | undefined
    limit: number
  },
  today: CalendarDate,
): Promise<{ items: SlipRow[]; next: string | null }> {
  const after = query.cursor ? decodeCursor(query.cursor) : undefined
  const { rows } = await sql<
    SlipRow & { position: string }
  >`select ${columns(today)}, issued_at::text as position
    from supervise.slip
    where ${query.state ? sql`state = ${query.state}` : sql`true`}
      and ${query.room ? sql`room = ${query.room}` : sql`true`}
      and ${query.subjectId ? sql`subject_id = ${query.subjectId}` : sql`true`}
      and ${query.overdue ? sql`state = 'issued' and due_on < ${today}::date` : sql`true`}
      and ${after ? sql`(issued_at, slip_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`true`}
    order by issued_at desc, slip_id desc limit ${query.limit + 1}`.execute(trx)
  const items = rows.slice(0, query.limit).map(({ position: _position, ...row }) => row)
  const last = rows[query.limit - 1]
  const more = rows.length > query.limit && last !== undefined
  return { items, next: more ? encodeCursor([last.position, last.slipId] as Cursor) : null }
}

/** Which slips a matter's end makes needless. */
export interface EndedMatter {
  readonly room: string
  readonly subjectIds: readonly string[]
  /** Only those that an office must answer: what was asked of the unit stands, as if nothing had happened. */
  readonly onlyOffice?: boolean
}

/** Ends the open slips of matters; returns them. As the product: whoever ends a matter need not see its slips. */
export async function endSlips(
  trx: Trx,
  { room, subjectIds, onlyOffice }: EndedMatter,
  at: Date,
  today: CalendarDate,
): Promise<readonly LockedSlip[]> {
  const { rows } =
    await sql<LockedSlip>`update supervise.slip set state = 'ended', closed_at = ${at}, version = version + 1
    where room = ${room} and subject_id = any (${subjectIds as string[]}::text[]) and state in ('issued', 'replied')
      and ${onlyOffice ? sql`strpos(org_path, '.U') = 0` : sql`true`}
    returning ${lockedColumns(today)}`.execute(trx)
  return rows
}

/**
 * The place of those nearest to a matter who hold one of the roles and are not concerned by it: where a slip to them
 * belongs. The root of the tree where there is nobody. As the product.
 */
export async function receivingPlace(
  trx: Trx,
  of: { readonly roles: readonly string[]; readonly place: string; readonly persons: readonly string[] },
  at: Date,
): Promise<string> {
  const { rows } = await sql<{ scope: string }>`select a.scope from identity.account a
    where a.unit_code is null and a.user_id in (select user_id from notices.holders_of(${of.roles as string[]}::text[],
      ${of.place}, ${of.persons as string[]}::text[], ${at}::timestamptz))
    union all select organisation.unit_path(null)
    order by 1 desc limit 1`.execute(trx)
  return rows[0]!.scope
}

export interface LateSlip extends LockedSlip {
  /** Working days since the due day; negative before it. */
  readonly over: number
}

/** Unanswered slips whose due day is near or past, locked for the ladder. */
export async function lockUnanswered(trx: Trx, today: CalendarDate): Promise<readonly LateSlip[]> {
  const { rows } = await sql<LateSlip>`select ${lockedColumns(today)},
      calendar.workdays_between(due_on, ${today}::date) as over
    from supervise.slip where state = 'issued' and due_on <= calendar.add_workdays(${today}::date, 5)
    order by slip_id for update skip locked`.execute(trx)
  return rows
}

export async function setSlipRung(trx: Trx, slipId: string, rung: number): Promise<void> {
  await sql`update supervise.slip set rung = ${rung} where slip_id = ${slipId}`.execute(trx)
}

export interface SlipEvent {
  readonly at: string
  readonly kind: string
  readonly note: string | null
}

export async function readSlip(
  trx: Trx,
  slipId: string,
  today: CalendarDate,
): Promise<(SlipRow & { events: SlipEvent[] }) | undefined> {
  const { rows } =
    await sql<SlipRow>`select ${columns(today)} from supervise.slip where slip_id = ${slipId}`.execute(trx)
  if (!rows[0]) return undefined
  const { rows: events } = await sql<SlipEvent>`select at::text, kind, note from supervise.slip_event
    where slip_id = ${slipId} order by event_id`.execute(trx)
  return { ...rows[0], events }
}
