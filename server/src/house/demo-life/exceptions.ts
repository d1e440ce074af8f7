import { sql } from 'kysely'
import { systemCaller } from '#ground/database/index.ts'
import { addDays, type CalendarDate, fakeClock } from '#ground/time/index.ts'
import { createExceptions } from '#rooms/alerts/index.ts'
import { demoCallers } from '#shared/identity/index.ts'
import type { House } from '../house.ts'
import { demoPeople } from './people.ts'
import { texts } from './texts.ts'

/** An alert that was explained and judged normal. */
interface Normal {
  readonly alertId: string
  readonly pack: string
  readonly rule: string
  readonly orgPath: string
  readonly judgedOn: CalendarDate
}

const wanted = 6
/** Exceptions reach half a year ahead in the demo. */
const days = 180

/**
 * Makes exceptions of some of the last alerts that were judged normal, each of another unit: most are approved, one is
 * refused, the last one waits. What they cover is suppressed from the next run on.
 */
export async function arrangeExceptions(
  house: Pick<House, 'database' | 'policies' | 'bringIntoForce'>,
  until: CalendarDate,
): Promise<void> {
  const { database, policies } = house
  const clock = fakeClock('2020-01-01T00:00:00Z')
  const exceptions = createExceptions({
    database,
    clock,
    policies,
    rules: async () => [],
    onChanged: async () => {},
  })
  const people = demoPeople(await demoCallers(house))
  const approver = people.all.find(
    ({ roles, scope }) => roles.includes('rule_approver') && !scope.includes('.'),
  )
  if (!approver) return
  const normal = await judgedNormal(house, until)
  for (const [place, alert] of normal.entries()) {
    const officer = people.officer(policies.get(alert.pack)?.readers ?? [], alert.orgPath)
    clock.set(`${addDays(alert.judgedOn, 1)}T10:20:00+08:00`)
    const { exceptionId } = await exceptions.propose(officer, alert.alertId, {
      rule: alert.rule,
      sameUnit: true,
      sameCounterparty: true,
      sameEconomicCode: false,
      validTo: addDays(alert.judgedOn, days),
      reason: texts.exceptionReason,
    })
    if (place === normal.length - 1) continue
    clock.set(`${addDays(alert.judgedOn, 2)}T15:10:00+08:00`)
    if (place === 1) await exceptions.refuse(approver, exceptionId, texts.exceptionRefused)
    else
      await exceptions.approve(approver, exceptionId, `琼纪例〔${alert.judgedOn.slice(0, 4)}〕${place + 1}号`)
  }
  await house.bringIntoForce()
}

/** Oldest first. Three days are left for what follows. */
async function judgedNormal(
  { database }: Pick<House, 'database'>,
  until: CalendarDate,
): Promise<readonly Normal[]> {
  const { rows } = await database.asCaller(systemCaller, (trx) =>
    sql<Normal>`select * from (
        select distinct on (unit_code) alert_id as "alertId", pack, main_rule as rule, org_path as "orgPath",
          (state_since at time zone 'Asia/Shanghai')::date as "judgedOn"
        from alerts.alert
        where verdict = 'normal' and unit_code is not null and dispatched_at is not null
          and state_since < ${addDays(until, -3)}::date
        order by unit_code, state_since desc) latest
      order by "judgedOn" desc limit ${wanted}`.execute(trx),
  )
  return rows.toReversed()
}
