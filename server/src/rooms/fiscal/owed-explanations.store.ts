import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { CalendarDate } from '#ground/time/index.ts'

/** A request of which the unit owes the explanation. */
export interface OwingRequest {
  readonly requestKey: string
  readonly requestNo: string
  readonly unitCode: string
  readonly orgPath: string
  readonly personKeys: readonly string[]
}

/**
 * Lifts to rung `rung` the requests that stand on the one below and whose explanation was due at least `after` working
 * days ago (negative: is due within so many).
 */
export async function climbOwing(
  trx: Trx,
  step: { readonly rung: number; readonly after: number },
  today: CalendarDate,
): Promise<readonly OwingRequest[]> {
  const { rows } =
    await sql<OwingRequest>`update fiscal.payment_request set rung = ${step.rung}, version = version + 1
    where state = 'explanation_owed' and rung = ${step.rung - 1}
      and explain_by <= calendar.ended_by(${today}::date, ${step.after})
      and ${step.after > 0 ? sql`explain_by < ${today}::date` : sql`true`}
    returning request_key as "requestKey", request_no as "requestNo", unit_code as "unitCode", org_path as "orgPath",
      person_keys as "personKeys"`.execute(trx)
  return rows
}
