import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { CalendarDate } from '#ground/time/index.ts'
import { rungsOf } from './ladder.service.ts'
import type { PackPolicy } from './pack-policy.ts'

/** The unit that an alert concerns, as the tree of organisations has it. */
export interface ConcernedUnit {
  readonly unitCode: string
  readonly unitName: string
  readonly creditCode: string | null
  readonly regionName: string | null
  readonly kind: string | null
  readonly validFrom: CalendarDate
  readonly validTo: CalendarDate | null
}

/** The unit as it was on the day, else as it is now; undefined where it is not in the caller's sight. */
export async function readUnit(
  trx: Trx,
  unitCode: string,
  day: CalendarDate,
): Promise<ConcernedUnit | undefined> {
  const { rows } = await sql<ConcernedUnit>`select u.unit_code as "unitCode", u.unit_name as "unitName",
      u.credit_code as "creditCode", r.name as "regionName", u.kind, u.valid_from as "validFrom", u.valid_to as "validTo"
    from organisation.unit u left join organisation.region r using (region_code)
    where u.unit_code = ${unitCode}
    order by (u.valid_from <= ${day}::date and (u.valid_to is null or u.valid_to >= ${day}::date)) desc, u.valid_from desc
    limit 1`.execute(trx)
  return rows[0]
}

/** Which of the units are in the caller's sight: rows of the others are not shown to him. */
export async function unitsInSight(trx: Trx, unitCodes: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ unit_code: string }>`select distinct unit_code from organisation.unit
    where unit_code = any (${unitCodes}::text[])`.execute(trx)
  return new Set(rows.map((row) => row.unit_code))
}

export interface LadderRung {
  readonly step: string
  /** Working days after the end of the term; negative: before it. */
  readonly after: number
  readonly onDate: CalendarDate
  readonly roles: readonly string[]
  readonly reached: boolean
}

/** The ladder of an open term: on which day which rung comes, and which have been climbed. */
export async function readLadder(
  trx: Trx,
  policy: PackPolicy,
  dueOn: CalendarDate,
  climbed: number,
): Promise<readonly LadderRung[]> {
  const rungs = rungsOf(policy)
  const { rows } = await sql<{ after: number; day: CalendarDate }>`
    select after, calendar.add_workdays(${dueOn}::date, after) as day
    from unnest(${rungs.map(({ after }) => after)}::integer[]) as after`.execute(trx)
  const dayOf = new Map(rows.map(({ after, day }) => [after, day]))
  return rungs.map(({ rung, step, after, to }) => ({
    step,
    after,
    onDate: dayOf.get(after)!,
    roles: to,
    reached: rung <= climbed,
  }))
}

/** The alert of that number or identifier, where the caller sees it. */
export async function findAlert(trx: Trx, numberOrId: string): Promise<string | undefined> {
  const { rows } = await sql<{ alert_id: string }>`select alert_id from alerts.alert
    where number = ${numberOrId} or alert_id::text = ${numberOrId}`.execute(trx)
  return rows[0]?.alert_id
}
