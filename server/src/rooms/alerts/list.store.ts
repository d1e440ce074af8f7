import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import { type Cursor, decodeCursor, encodeCursor, totalCap, totalOf } from '#ground/paging/index.ts'
import { addDays, type CalendarDate } from '#ground/time/index.ts'
import { type AlertFilter, type AlertListQuery, type AlertRow, alertFilter } from './alerts.schema.ts'

/** The instant at which a day of Shanghai begins. */
const dayStart = (day: CalendarDate) => `${day}T00:00:00+08:00`

/** Bounds of the ages in days since the alert was raised, both inclusive. */
export const ages = { week: [0, 7], month: [8, 30], quarter: [31, 90], older: [91, 36_500] } as const

const listed = (values: readonly string[]) => sql`(${sql.join(values)})`

/** The filter as a condition on `alerts.alert a`. The one place where a filter becomes SQL: lists, totals, exports and boards share it. */
export function filterCondition(filter: AlertFilter, today: CalendarDate): RawBuilder<boolean> {
  const parts: RawBuilder<unknown>[] = [sql`true`]
  const add = (wanted: unknown, part: () => RawBuilder<unknown>) => {
    if (wanted !== undefined && !(Array.isArray(wanted) && wanted.length === 0)) parts.push(part())
  }
  add(filter.pack, () => sql`a.pack in ${listed(filter.pack!)}`)
  add(filter.level, () => sql`a.level in ${listed(filter.level!)}`)
  add(filter.state, () => sql`a.state in ${listed(filter.state!)}`)
  add(filter.verdict, () => sql`a.verdict in ${listed(filter.verdict!)}`)
  add(filter.unit, () => sql`a.unit_code = ${filter.unit}`)
  add(filter.under, () => sql`(a.org_path >= ${filter.under} and a.org_path < ${filter.under} || '/')`)
  // The first sign after a path is '.', then 'U' for a unit and a digit for a division; 'V' follows 'U'.
  add(
    filter.at,
    () =>
      sql`(a.org_path = ${filter.at} or (a.org_path >= ${filter.at} || '.U' and a.org_path < ${filter.at} || '.V'))`,
  )
  add(filter.category, () => sql`a.category = ${filter.category}`)
  add(filter.counterparty, () => sql`a.counterparty = ${filter.counterparty}`)
  add(
    filter.invoice,
    () =>
      sql`a.alert_id in (select h.alert_id from alerts.alert_hit h where h.invoice_no = ${filter.invoice})`,
  )
  add(filter.raisedFrom, () => sql`a.raised_at >= ${dayStart(filter.raisedFrom!)}::timestamptz`)
  add(filter.raisedTo, () => sql`a.raised_at < ${dayStart(addDays(filter.raisedTo!, 1))}::timestamptz`)
  add(filter.onDateFrom, () => sql`a.on_date >= ${filter.onDateFrom}::date`)
  add(filter.onDateTo, () => sql`a.on_date <= ${filter.onDateTo}::date`)
  add(filter.age, () => ageCondition(filter.age!, today))
  add(filter.overdue, () => overdueCondition(filter.overdue!, today))
  add(filter.onTime, () => sql`a.on_time is ${filter.onTime ? sql`true` : sql`false`}`)
  add(filter.recovered, () => (filter.recovered ? sql`a.recovered_amount > 0` : sql`a.recovered_amount = 0`))
  add(filter.reopened, () => (filter.reopened ? sql`a.reopened > 0` : sql`a.reopened = 0`))
  add(filter.handedOn, () =>
    filter.handedOn ? sql`a.handed_on_at is not null` : sql`a.handed_on_at is null`,
  )
  if (filter.mine) {
    parts.push(
      sql`a.state in ('raised', 'explained', 'doubtful', 'rectified') and a.due_on is not null and a.handed_on_at is null`,
    )
  }
  add(filter.text, () => sql`a.alert_id in (select alerts.matching(${filter.text}))`)
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

function ageCondition(age: keyof typeof ages, today: CalendarDate): RawBuilder<boolean> {
  const [youngest, oldest] = ages[age]
  return sql<boolean>`a.state <> 'closed' and a.raised_at < ${dayStart(addDays(today, 1 - youngest))}::timestamptz
    and a.raised_at >= ${dayStart(addDays(today, -oldest))}::timestamptz`
}

/** With its handing on the office's clock on an alert has stopped; the unit's runs on in its own table. */
function overdueCondition(overdue: boolean, today: CalendarDate): RawBuilder<boolean> {
  return overdue
    ? sql<boolean>`a.state <> 'closed' and a.handed_on_at is null and a.due_on is not null and a.due_on < ${today}::date`
    : sql<boolean>`(a.state = 'closed' or a.handed_on_at is not null or a.due_on is null or a.due_on >= ${today}::date)`
}

/** The source of a filtered query: by rule it starts from the hits, whose index leads with the rule. */
export function filterSource(filter: AlertFilter): RawBuilder<unknown> {
  return filter.rule === undefined
    ? sql`alerts.alert a`
    : sql`(select h.alert_id, h.raised_at as hit_raised_at from alerts.alert_hit h where h.rule = ${filter.rule}) h
      join alerts.alert a using (alert_id)`
}

/**
 * Whether nothing is asked but the rule. Then the hits alone say which alerts and how many: an alert has at most one hit of
 * a rule, and the policy of a hit asks what that of its alert asks.
 */
function asksOnlyRule(filter: AlertFilter): boolean {
  const asked = (name: string) => filter[name as keyof AlertFilter] !== undefined
  return asked('rule') && Object.keys(alertFilter.shape).every((name) => name === 'rule' || !asked(name))
}

const sorts = {
  newest: { column: sql`a.raised_at`, type: sql`timestamptz`, direction: sql`desc`, comparison: sql`<` },
  amount: { column: sql`a.amount_fen`, type: sql`bigint`, direction: sql`desc`, comparison: sql`<` },
  due: { column: sql`a.due_on`, type: sql`date`, direction: sql`asc`, comparison: sql`>` },
} as const

/** One page of the caller's alerts, and the total up to the cap on the first page. */
export async function listAlerts(
  trx: Trx,
  query: AlertListQuery,
  today: CalendarDate,
): Promise<{ items: AlertRow[]; next: string | null; total?: { count: number; capped: boolean } }> {
  const sort = sorts[query.sort]
  const column = query.rule !== undefined && query.sort === 'newest' ? sql`h.hit_raised_at` : sort.column
  const where = filterCondition(query, today)
  const due =
    query.sort === 'due'
      ? sql`and a.due_on is not null and a.state <> 'closed' and a.handed_on_at is null`
      : sql``
  const after = query.cursor ? decodeCursor(query.cursor) : undefined
  const beyond = after
    ? sql`and (${column}, a.alert_id) ${sort.comparison} (${after[0]}::${sort.type}, ${after[1]}::uuid)`
    : sql``
  // The page's hits first and then their alerts: joined before, thousands of alerts would be read for fifty.
  const source =
    asksOnlyRule(query) && query.sort === 'newest'
      ? sql`(select alert_id, hit_raised_at from (select h.alert_id, h.raised_at as hit_raised_at from alerts.alert_hit h
          where h.rule = ${query.rule}) h
          where true ${after ? sql`and (h.hit_raised_at, h.alert_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
          order by hit_raised_at desc, alert_id desc limit ${query.limit + 1}) h join alerts.alert a using (alert_id)`
      : filterSource(query)
  const { rows } = await sql<AlertRow & { position: string }>`
    select page.*, (select unit_name from organisation.unit n where n.unit_code = page."unitCode"
      order by n.valid_from desc limit 1) as "unitName"
    from (select ${rowColumns(today)}, ${column}::text as position
      from ${source} where ${where} ${due} ${beyond}
      order by ${column} ${sort.direction}, a.alert_id ${sort.direction} limit ${query.limit + 1}) page`.execute(
    trx,
  )
  const items = rows.slice(0, query.limit)
  const last = items.at(-1)
  const next =
    rows.length > query.limit && last ? encodeCursor([last.position, last.alertId] as Cursor) : null
  if (query.cursor) return { items, next }
  return { items, next, total: totalOf(await countAlerts(trx, query, today, totalCap + 1)) }
}

/** How many alerts the filter finds, counted up to `cap`. */
export async function countAlerts(
  trx: Trx,
  filter: AlertFilter,
  today: CalendarDate,
  cap: number,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count
    from (${found(filter, today)} limit ${cap}) found`.execute(trx)
  return rows[0]!.count
}

/** Everything that the filter finds, as rows without columns, to be counted. */
export function found(filter: AlertFilter, today: CalendarDate): RawBuilder<unknown> {
  return asksOnlyRule(filter)
    ? sql`select from alerts.alert_hit h where h.rule = ${filter.rule}`
    : sql`select from ${filterSource(filter)} where ${filterCondition(filter, today)}`
}

/** The columns of a list's row, of `alerts.alert a`. */
export function rowColumns(today: CalendarDate): RawBuilder<unknown> {
  return sql`a.alert_id as "alertId", a.number, a.pack, a.level, a.state, a.verdict, a.unit_code as "unitCode",
    a.on_date as "onDate", a.amount, a.rules, a.message_zh as "messageZh", a.message_en as "messageEn",
    a.raised_at::text as "raisedAt",
    case when a.handed_on_at is null then a.due_on end as "dueOn",
    case when a.state <> 'closed' and a.handed_on_at is null
      then calendar.workdays_between(${today}::date, a.due_on) end as "daysLeft",
    coalesce(a.state <> 'closed' and a.handed_on_at is null and a.due_on < ${today}::date, false) as overdue, a.reopened,
    a.handed_on_at is not null as "handedOn", a.recovered_amount as "recoveredAmount", a.version`
}
