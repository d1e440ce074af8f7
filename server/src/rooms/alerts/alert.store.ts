import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { CalendarDate } from '#ground/time/index.ts'
import type { AlertState, UnitState, Verdict } from './alerts.rules.ts'
import type { Moment } from './gather.store.ts'

/** An alert as far as the next step depends on it, locked until the transaction ends. */
export interface LockedAlert {
  readonly alertId: string
  readonly number: string
  readonly pack: string
  readonly level: string
  readonly state: AlertState
  readonly unitCode: string | null
  readonly orgPath: string
  readonly personKeys: readonly string[]
  readonly dispatched: boolean
  /** What the unit sees of it at present. */
  readonly unitState: UnitState | null
  readonly dueOn: CalendarDate | null
  readonly handedOn: boolean
  readonly verdict: Verdict | null
  readonly version: number
}

/** Locks the alerts that the caller sees, of those asked for. */
export async function lockAlerts(trx: Trx, ids: readonly string[]): Promise<readonly LockedAlert[]> {
  const { rows } =
    await sql<LockedAlert>`select alert_id as "alertId", number, pack, level, state, unit_code as "unitCode",
      org_path as "orgPath", person_keys as "personKeys", dispatched_at is not null as dispatched,
      (select u.state from alerts.unit_item u where u.alert_id = alert.alert_id) as "unitState", due_on as "dueOn",
      handed_on_at is not null as "handedOn", verdict, version
    from alerts.alert where alert_id = any (${ids as string[]}::uuid[]) order by alert_id for update`.execute(
      trx,
    )
  return rows
}

/** Whether everyone who would receive the alert is named in it, or kin of who is. */
export async function onlyConcerned(trx: Trx, alert: LockedAlert, at: Date): Promise<boolean> {
  const { rows } = await sql<{ only: boolean }>`select alerts.only_concerned(${alert.pack}, ${alert.orgPath},
    ${alert.personKeys as string[]}::text[], ${at}::timestamptz) as only`.execute(trx)
  return rows[0]!.only
}

/** What a step of the office changes beyond the state. */
export interface StepChanges {
  readonly verdict?: Verdict | null
  readonly reason?: string | null
  readonly irregularity?: string | null
  readonly violationAmount?: string | null
  readonly recoveredAmount?: string | null
  readonly heldReason?: string | null
  readonly judged?: boolean
  readonly reopens?: boolean
}

/** Moves alerts to a state; the term named by `term` starts today. All of them at once. */
export async function moveAlerts(
  trx: Trx,
  ids: readonly string[],
  to: AlertState,
  term: string | undefined,
  changes: StepChanges,
  { at, today }: Moment,
): Promise<void> {
  await sql`update alerts.alert a set state = ${to}, state_since = ${at}, version = version + 1, rung = 0,
      dispatched_at = case when ${to} = 'dispatched' then coalesce(dispatched_at, ${at}) else dispatched_at end,
      closed_at = case when ${to} = 'closed' then ${at}::timestamptz end,
      judged_at = case when ${changes.judged ?? false} then ${at}::timestamptz else judged_at end,
      judged_by = case when ${changes.judged ?? false} then app.user_id() else judged_by end,
      held_reason = ${changes.heldReason ?? null},
      verdict = case when ${changes.reopens ?? false} then null else coalesce(${changes.verdict ?? null}, verdict) end,
      verdict_reason = case when ${changes.reopens ?? false} then null else coalesce(${changes.reason ?? null}, verdict_reason) end,
      irregularity = coalesce(${changes.irregularity ?? null}, irregularity),
      violation_amount = coalesce(${changes.violationAmount ?? null}::numeric, violation_amount),
      recovered_amount = coalesce(${changes.recoveredAmount ?? null}::numeric, recovered_amount),
      reopened = reopened + ${changes.reopens ? 1 : 0},
      on_time = due_on is null or ${today}::date <= due_on,
      (term_from, term_days, due_on) = (select ${today}::date, t.workdays, calendar.add_workdays(${today}::date, t.workdays)
        from alerts.pack_term t where t.pack = a.pack and t.level = a.level and t.term = ${term ?? null})
    where alert_id = any (${ids as string[]}::uuid[])`.execute(trx)
}

/** Brings the units' items of the alerts to the state that the units are to see. Returns how many could be shown. */
export async function showToUnits(
  trx: Trx,
  ids: readonly string[],
  request: string | null,
  { at }: Moment,
): Promise<number> {
  const { numAffectedRows } =
    await sql`insert into alerts.unit_item (alert_id, number, pack, level, state, unit_code, org_path, on_date, amount, rules,
      message_zh, message_en, person_keys, request, dispatched_at, state_since, term_from, term_days, due_on, verdict,
      verdict_reason, irregularity, violation_amount, recovered_amount)
    select a.alert_id, a.number, a.pack, a.level, a.state, a.unit_code, a.org_path, a.on_date, shown.amount, shown.rules,
      shown.message_zh, shown.message_en, a.person_keys, ${request}, ${at}, ${at}, u.term_from, u.term_days, u.due_on,
      nullif(a.verdict, 'doubtful'), case when a.verdict <> 'doubtful' then a.verdict_reason end,
      a.irregularity, a.violation_amount, a.recovered_amount
    from alerts.alert a join alerts.pack p using (pack)
    cross join lateral (select max(h.amount) as amount,
        array_agg(h.rule order by array_position(array['red', 'yellow', 'blue'], h.level), h.amount desc, h.rule) as rules,
        (array_agg(h.message_zh order by array_position(array['red', 'yellow', 'blue'], h.level), h.amount desc, h.rule))[1] as message_zh,
        (array_agg(h.message_en order by array_position(array['red', 'yellow', 'blue'], h.level), h.amount desc, h.rule))[1] as message_en
      from alerts.alert_hit h where h.alert_id = a.alert_id and not alerts.is_undisclosed(h.rule, h.condition, p.undisclosed_rules)) shown
    left join lateral (select a.term_from, a.term_days, a.due_on where a.state in ('dispatched', 'rectifying')) u on true
    where a.alert_id = any (${ids as string[]}::uuid[]) and shown.rules is not null
    on conflict (alert_id) do update set level = excluded.level, state = excluded.state, amount = excluded.amount,
      rules = excluded.rules, message_zh = excluded.message_zh, message_en = excluded.message_en,
      person_keys = excluded.person_keys, request = excluded.request, state_since = excluded.state_since,
      term_from = excluded.term_from, term_days = excluded.term_days, due_on = excluded.due_on,
      verdict = excluded.verdict, verdict_reason = excluded.verdict_reason, irregularity = excluded.irregularity,
      violation_amount = excluded.violation_amount, recovered_amount = excluded.recovered_amount,
      version = unit_item.version + 1`.execute(trx)
  return Number(numAffectedRows ?? 0)
}

export interface NewEvent {
  readonly actor: 'unit' | 'office' | 'system'
  readonly kind: string
  readonly toUnit: boolean
  readonly note?: string | null
  readonly detail?: Readonly<Record<string, unknown>>
  readonly files?: readonly string[]
}

/** Appends the same event to the story of each alert. */
export async function appendEvents(
  trx: Trx,
  ids: readonly string[],
  event: NewEvent,
  at: Date,
): Promise<void> {
  await sql`insert into alerts.event (alert_id, at, actor, kind, to_unit, note, detail, files)
    select id, ${at}, ${event.actor}, ${event.kind}, ${event.toUnit}, ${event.note ?? null},
      ${JSON.stringify(event.detail ?? {})}::jsonb, ${(event.files ?? []) as string[]}::uuid[]
    from unnest(${ids as string[]}::uuid[]) as id`.execute(trx)
}

/** Tells the streams that alerts of a place changed; the unit's audience hears only of what it may notice. */
export async function announce(
  trx: Trx,
  alerts: readonly { readonly alertId: string; readonly orgPath: string }[],
  toUnit: boolean,
): Promise<void> {
  const places = Map.groupBy(alerts, (alert) => alert.orgPath)
  for (const [path, here] of places) {
    const ids = here.length <= 20 ? here.map((alert) => alert.alertId) : []
    for (const audience of toUnit ? ['office', 'unit'] : ['office']) {
      const payload = JSON.stringify({ topic: 'alerts', path, audience, ids })
      await sql`select pg_notify('qingfeng', ${payload})`.execute(trx)
    }
  }
}

/** Of these alerts, those that the caller sees: as the office, or as the unit to which they went out. */
export async function readableAlerts(trx: Trx, alertIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ alert_id: string }>`
    select alert_id from alerts.alert where alert_id = any(${alertIds as string[]}::uuid[])
    union
    select alert_id from alerts.unit_item where alert_id = any(${alertIds as string[]}::uuid[])`.execute(trx)
  return rows.map((row) => row.alert_id)
}
