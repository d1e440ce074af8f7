import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { CalendarDate } from '#ground/time/index.ts'
import { alertStates, verdicts } from './alerts.rules.ts'
import type { AlertFilter } from './alerts.schema.ts'
import { ages, filterCondition, filterSource, found } from './list.store.ts'

/** Facets are counted up to here and then shown as "999+". */
const facetCap = 999

export const facetNames = ['level', 'state', 'verdict', 'pack', 'age', 'overdue', 'rule'] as const
export type FacetName = (typeof facetNames)[number]

export interface FacetValue {
  readonly value: string
  readonly count: number
  readonly capped: boolean
}

/** How many alerts each value of a facet would leave, the facet's own choice set aside. Values without any are left out. */
export async function countFacet(
  trx: Trx,
  facet: FacetName,
  filter: AlertFilter,
  today: CalendarDate,
): Promise<readonly FacetValue[]> {
  const others: AlertFilter = { ...filter, [facet]: undefined }
  const branches = (await valuesOf(trx, facet)).map((value) => {
    const narrowed = { ...others, ...narrowing(facet, value) }
    return sql`select ${value}::text as value, (select count(*)
      from (${found(narrowed, today)} limit ${facetCap + 1}) found)::int as found`
  })
  if (branches.length === 0) return []
  const { rows } = await sql<{
    value: string
    found: number
  }>`${sql.join(branches, sql` union all `)}`.execute(trx)
  return rows
    .filter((row) => row.found > 0)
    .map((row) => ({ value: row.value, count: Math.min(row.found, facetCap), capped: row.found > facetCap }))
}

function narrowing(facet: FacetName, value: string): AlertFilter {
  if (facet === 'overdue') return { overdue: value === 'true' }
  if (facet === 'rule') return { rule: value }
  if (facet === 'age') return { age: value as keyof typeof ages }
  return { [facet]: [value] }
}

async function valuesOf(trx: Trx, facet: FacetName): Promise<readonly string[]> {
  const fixed: Partial<Record<FacetName, readonly string[]>> = {
    level: ['red', 'yellow', 'blue'],
    state: alertStates,
    verdict: verdicts,
    age: Object.keys(ages),
    overdue: ['true'],
  }
  if (fixed[facet]) return fixed[facet]
  const { rows } = await distinctValues(facet).execute(trx)
  return rows.map((row) => row.value)
}

/** The packs, and the rules that ever hit: leaping from one value to the next in the index, not reading all rows. */
function distinctValues(facet: FacetName): RawBuilder<{ value: string }> {
  if (facet === 'pack') return sql`select pack as value from alerts.pack order by 1`
  return sql`with recursive leap(value) as (
      (select rule from alerts.alert_hit order by rule limit 1)
      union all
      select (select h.rule from alerts.alert_hit h where h.rule > leap.value order by h.rule limit 1) from leap
      where leap.value is not null
    ) select value from leap where value is not null`
}

export interface AlertTotals {
  readonly count: number
  /** Yuan. */
  readonly amount: string
  readonly violationAmount: string
  readonly recoveredAmount: string
}

/** The exact count and sums of everything the filter finds: the line of totals under a list, and the proof of a board's figure. */
export async function readTotals(trx: Trx, filter: AlertFilter, today: CalendarDate): Promise<AlertTotals> {
  const { rows } = await sql<AlertTotals>`select count(*)::int as count,
      coalesce(sum(a.amount_fen) / 100.0, 0)::numeric(18,2)::text as amount,
      coalesce(sum(a.violation_amount), 0)::numeric(18,2)::text as "violationAmount",
      coalesce(sum(a.recovered_amount), 0)::numeric(18,2)::text as "recoveredAmount"
    from ${filterSource(filter)} where ${filterCondition(filter, today)}`.execute(trx)
  return rows[0]!
}

/** The same of several filters in one reading of the alerts, by the name of each. */
export async function readNamedTotals(
  trx: Trx,
  named: Readonly<Record<string, AlertFilter>>,
  today: CalendarDate,
): Promise<ReadonlyMap<string, AlertTotals>> {
  const within = sharedPart(Object.values(named))
  const each = Object.entries(named).map(([name, filter]) => {
    const chosen = sql`filter (where ${filterCondition(filter, today)})`
    return sql`jsonb_build_object('name', ${name}::text, 'count', count(*) ${chosen},
      'amount', (coalesce(sum(a.amount_fen) ${chosen} / 100.0, 0)::numeric(18,2))::text,
      'violationAmount', (coalesce(sum(a.violation_amount) ${chosen}, 0)::numeric(18,2))::text,
      'recoveredAmount', (coalesce(sum(a.recovered_amount) ${chosen}, 0)::numeric(18,2))::text)`
  })
  const { rows } = await sql<{ totals: readonly (AlertTotals & { name: string })[] }>`
    select jsonb_build_array(${sql.join(each)}) as totals
    from ${filterSource(within)} where ${filterCondition(within, today)}`.execute(trx)
  return new Map(rows[0]!.totals.map(({ name, ...totals }) => [name, totals]))
}

/** What all filters ask alike: everything that one of them finds lies within. */
function sharedPart(filters: readonly AlertFilter[]): AlertFilter {
  const [first = {}, ...others] = filters
  const alike = ([name, value]: [string, unknown]) =>
    others.every((other) => other[name as keyof AlertFilter] === value)
  return Object.fromEntries(Object.entries(first).filter(alike))
}
