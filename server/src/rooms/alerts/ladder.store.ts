import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { CalendarDate } from '#ground/time/index.ts'
import type { Told } from './telling.ts'

/** Alerts that stand on one rung together, and whom their state waits for. */
export interface Climbers extends Told {
  readonly awaited: 'unit' | 'office'
  readonly numbers: readonly string[]
}

/** Brings open terms in line with the calendar as it is now. Returns how many moved. */
export async function realignTerms(trx: Trx): Promise<number> {
  const { rows } = await sql<{ moved: number }>`select alerts.realign_terms() as moved`.execute(trx)
  return rows[0]!.moved
}

/**
 * Lifts to rung `rung` all alerts of a pack that stand on the one below and whose term ended at least `after` working
 * days ago (negative: ends within so many). What the office owes is not urged once an alert has been handed on; what
 * the unit owes is, as if nothing had happened.
 */
export async function climbRung(
  trx: Trx,
  step: { readonly pack: string; readonly rung: number; readonly after: number },
  today: CalendarDate,
): Promise<readonly Climbers[]> {
  const { rows } = await sql<Climbers>`with climbed as (
      update alerts.alert a set rung = ${step.rung} where a.pack = ${step.pack} and a.rung = ${step.rung - 1}
        and a.due_on is not null and a.state not in ('closed', 'held')
        and a.due_on <= calendar.ended_by(${today}::date, ${step.after})
        and ${step.after > 0 ? sql`a.due_on < ${today}::date` : sql`true`}
        and (a.handed_on_at is null or a.state in ('dispatched', 'rectifying'))
      returning a.alert_id, a.number, a.org_path, a.person_keys,
        case when a.state in ('dispatched', 'rectifying') then 'unit' else 'office' end as awaited
    )
    select ${step.pack} as pack, org_path as "orgPath", person_keys as "personKeys", awaited,
      array_agg(alert_id order by alert_id) as "alertIds", array_agg(number order by alert_id) as numbers
    from climbed group by org_path, person_keys, awaited`.execute(trx)
  return rows
}
