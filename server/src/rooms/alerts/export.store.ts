import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { CalendarDate } from '#ground/time/index.ts'
import type { SentenceSource } from './masked-sentence.ts'

/** By alert. An alert's sentence is that of its leading hit. */
export async function readSentenceSources(
  trx: Trx,
  alertIds: readonly string[],
): Promise<ReadonlyMap<string, SentenceSource>> {
  const { rows } = await sql<SentenceSource & { alertId: string }>`
    select a.alert_id as "alertId", a.main_rule as rule, h.evidence
    from alerts.alert a join alerts.alert_hit h on h.alert_id = a.alert_id and h.rule = a.main_rule
    where a.alert_id = any (${alertIds}::uuid[])`.execute(trx)
  return new Map(rows.map(({ alertId, ...source }) => [alertId, source]))
}

/** What stands on an explanation request: only what the unit has been given. */
export interface RequestSheet {
  readonly number: string
  readonly pack: string
  readonly level: string
  readonly unitCode: string | null
  readonly unitName: string | null
  readonly onDate: CalendarDate
  readonly amount: string
  readonly rules: readonly string[]
  readonly message: string
  readonly request: string | null
  readonly dispatchedOn: CalendarDate
  readonly dueOn: CalendarDate | null
}

/** From the unit's item, which holds nothing undisclosed; undefined where the alert is not seen or not dispatched. */
export async function readRequestSheet(trx: Trx, alertId: string): Promise<RequestSheet | undefined> {
  const { rows } = await sql<RequestSheet>`select u.number, u.pack, u.level, u.unit_code as "unitCode",
      (select unit_name from organisation.unit n where n.unit_code = u.unit_code order by n.valid_from desc limit 1) as "unitName",
      u.on_date as "onDate", u.amount, u.rules, u.message_zh as message, u.request,
      (u.dispatched_at at time zone 'Asia/Shanghai')::date as "dispatchedOn", u.due_on as "dueOn"
    from alerts.alert a join alerts.unit_item u using (alert_id) where a.alert_id = ${alertId}`.execute(trx)
  return rows[0]
}
