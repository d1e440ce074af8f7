import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { CalendarDate } from '#ground/time/index.ts'
import type { AlertFilter } from './alerts.schema.ts'
import { filterCondition, filterSource } from './list.store.ts'

/** A figure of a board with what it counts: the filter that lists its rows. Sums are yuan. */
export interface Figure {
  readonly key: string
  readonly titleZh?: string | null
  readonly titleEn?: string | null
  readonly count: number
  readonly amount: string
  readonly recovered: string
  readonly filter: AlertFilter
}

interface Grouped {
  readonly key: string | null
  readonly second: string | null
  readonly title: string | null
  readonly count: number
  readonly amount: string
  readonly recovered: string
}

const measures = sql`count(*)::int as count, coalesce(sum(a.amount_fen) / 100.0, 0)::numeric(18,2)::text as amount,
  coalesce(sum(a.recovered_amount), 0)::numeric(18,2)::text as recovered`

/** Groups what a filter finds; `second` splits each group once more. Groups without a key are left out. */
async function group(
  trx: Trx,
  filter: AlertFilter,
  today: CalendarDate,
  by: {
    key: RawBuilder<unknown>
    second?: RawBuilder<unknown>
    title?: RawBuilder<unknown>
    from?: RawBuilder<unknown>
    top?: number
  },
): Promise<readonly Grouped[]> {
  const source = by.from ?? filterSource(filter)
  const { rows } = await sql<Grouped>`
    with found as (
      select ${by.key} as key, ${by.second ?? sql`null::text`} as second, ${measures}
      from ${source} where ${filterCondition(filter, today)} group by 1, 2
    )
    select found.*, ${by.title ?? sql`null::text`} as title from found where key is not null
    order by ${by.top ? sql`count desc, key` : sql`key, second`} ${by.top ? sql`limit ${by.top}` : sql``}`.execute(
    trx,
  )
  return rows
}

const monthStart = (month: string) => `${month}-01`
const monthEnd = (month: string) => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

/** By which day a trend counts: when alerts were raised, or when what they are about happened. */
export type TrendBasis = 'raised' | 'occurred'

const monthOf: Readonly<Record<TrendBasis, RawBuilder<unknown>>> = {
  raised: sql`to_char(a.raised_at at time zone 'Asia/Shanghai', 'YYYY-MM')`,
  occurred: sql`to_char(a.on_date, 'YYYY-MM')`,
}

/** The months of a period, split by level. A month at the period's edge counts only its days within. */
export async function trendByMonth(
  trx: Trx,
  filter: AlertFilter,
  today: CalendarDate,
  basis: TrendBasis,
): Promise<readonly Figure[]> {
  const rows = await group(trx, filter, today, { key: monthOf[basis], second: sql`a.level` })
  return rows.map((row) => ({
    ...figure(`${row.key} ${row.second}`, row),
    filter: { ...filter, level: [row.second as 'red'], ...withinMonth(filter, row.key!, basis) },
  }))
}

/** The days of a period on which alerts were raised, split by level. */
export async function levelsByDay(
  trx: Trx,
  filter: AlertFilter,
  today: CalendarDate,
): Promise<readonly Figure[]> {
  const key = sql`to_char(a.raised_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`
  const rows = await group(trx, filter, today, { key, second: sql`a.level` })
  return rows.map((row) => ({
    ...figure(`${row.key} ${row.second}`, row),
    filter: { ...filter, level: [row.second as 'red'], raisedFrom: row.key!, raisedTo: row.key! },
  }))
}

function withinMonth(filter: AlertFilter, month: string, basis: TrendBasis): AlertFilter {
  return basis === 'raised'
    ? {
        raisedFrom: later(filter.raisedFrom, monthStart(month)),
        raisedTo: earlier(filter.raisedTo, monthEnd(month)),
      }
    : {
        onDateFrom: later(filter.onDateFrom, monthStart(month)),
        onDateTo: earlier(filter.onDateTo, monthEnd(month)),
      }
}

function later(one: string | undefined, other: string): string {
  return one !== undefined && one > other ? one : other
}

function earlier(one: string | undefined, other: string): string {
  return one !== undefined && one < other ? one : other
}

function figure(key: string, row: Grouped): Omit<Figure, 'filter'> {
  const { count, amount, recovered } = row
  return { key, count, amount, recovered, ...(row.title ? { titleZh: row.title } : {}) }
}

export async function byLevel(
  trx: Trx,
  filter: AlertFilter,
  today: CalendarDate,
): Promise<readonly Figure[]> {
  const rows = await group(trx, filter, today, { key: sql`a.level` })
  return rows.map((row) => ({ ...figure(row.key!, row), filter: { ...filter, level: [row.key as 'red'] } }))
}

export async function byState(
  trx: Trx,
  filter: AlertFilter,
  today: CalendarDate,
): Promise<readonly Figure[]> {
  const rows = await group(trx, filter, today, { key: sql`a.state` })
  return rows.map((row) => ({
    ...figure(row.key!, row),
    filter: { ...filter, state: [row.key as 'closed'] },
  }))
}

/** By rule: an alert with hits of several rules counts at each of them. */
export async function byRule(trx: Trx, filter: AlertFilter, today: CalendarDate): Promise<readonly Figure[]> {
  const rows = await group(trx, filter, today, {
    key: sql`h.rule`,
    from: sql`alerts.alert_hit h join alerts.alert a using (alert_id)`,
  })
  return rows.map((row) => ({ ...figure(row.key!, row), filter: { ...filter, rule: row.key! } }))
}

/** The units with most alerts. */
export async function topUnits(
  trx: Trx,
  filter: AlertFilter,
  today: CalendarDate,
): Promise<readonly Figure[]> {
  const rows = await group(trx, filter, today, {
    key: sql`a.unit_code`,
    title: sql`(select n.unit_name from organisation.unit n where n.unit_code = found.key
      order by n.valid_from desc limit 1)`,
    top: 10,
  })
  return rows.map((row) => ({ ...figure(row.key!, row), filter: { ...filter, unit: row.key! } }))
}

/** The economic categories with most alerts. */
export async function topCategories(
  trx: Trx,
  filter: AlertFilter,
  today: CalendarDate,
): Promise<readonly Figure[]> {
  const rows = await group(trx, filter, today, { key: sql`a.category`, top: 10 })
  return rows.map((row) => ({ ...figure(row.key!, row), filter: { ...filter, category: row.key! } }))
}

/**
 * The divisions right below a path, each with all below it, and the path's own units. Counties that stand right below a
 * province hang below a node of the register that is no place of its own (GB/T 2260: xx9000); they count one by one.
 */
export async function byDivision(
  trx: Trx,
  filter: AlertFilter,
  today: CalendarDate,
  root: string,
): Promise<readonly Figure[]> {
  const depth = root.split('.').length + 1
  const child = sql`split_part(a.org_path, '.', ${depth}::int)`
  const below = sql`split_part(a.org_path, '.', ${depth + 1}::int)`
  const rows = await group(trx, { ...filter, under: root }, today, {
    key: sql`case when ${child} = '' or ${child} like 'U%' then ${root}
      when ${child} = '90' and ${below} not like 'U%' and ${below} <> '' then ${root} || '.90.' || ${below}
      else ${root} || '.' || ${child} end`,
    title: sql`(select r.name from organisation.region r where r.org_path = found.key)`,
  })
  return rows.map((row) => ({
    ...figure(row.key!, row),
    filter: row.key === root ? { ...filter, under: undefined, at: root } : { ...filter, under: row.key! },
  }))
}
