import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { CalendarDate } from '#ground/time/index.ts'
import type { AlertFilter } from './alerts.schema.ts'
import { filterCondition } from './list.store.ts'

/** How often a rule was right in a month, by the verdicts on the alerts raised in it. */
export interface RulePrecision {
  readonly rule: string
  /** Month `YYYY-MM` in which the alerts were raised. */
  readonly month: string
  readonly raised: number
  /** Judged a violation or irregular. */
  readonly confirmed: number
  /** Judged normal. */
  readonly normal: number
  /** confirmed / (confirmed + normal), four decimals; null while nothing is judged. */
  readonly precision: string | null
}

/** The same over all months: what is known of the rule itself. */
export type RulePrecisionSoFar = Omit<RulePrecision, 'month'>

/**
 * Precision of every rule so far, over the caller's part of the tree. Counts only, so those who work on rules read it
 * without seeing an alert.
 */
export async function readPrecisionSoFar(trx: Trx): Promise<readonly RulePrecisionSoFar[]> {
  const { rows } = await sql<RulePrecisionSoFar>`
    select rule, raised, confirmed, normal,
      round(confirmed::numeric / nullif(confirmed + normal, 0), 4)::text as precision
    from alerts.precision_so_far() order by rule`.execute(trx)
  return rows
}

/** Precision by rule and month over what the filter finds. Doubtful and open alerts count as raised only. */
export async function readPrecision(
  trx: Trx,
  filter: AlertFilter,
  today: CalendarDate,
): Promise<readonly RulePrecision[]> {
  const { rule, ...others } = filter
  const { rows } = await sql<RulePrecision>`
    with counted as (
      select h.rule, to_char(a.raised_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, count(*)::int as raised,
        count(*) filter (where a.verdict in ('violation', 'irregular'))::int as confirmed,
        count(*) filter (where a.verdict = 'normal')::int as normal
      from alerts.alert_hit h join alerts.alert a using (alert_id)
      where ${filterCondition(others, today)} and ${rule ? sql`h.rule = ${rule}` : sql`true`}
      group by 1, 2
    )
    select *, round(confirmed::numeric / nullif(confirmed + normal, 0), 4)::text as precision
    from counted order by rule, month`.execute(trx)
  return rows
}
