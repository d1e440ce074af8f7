import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { RequestState } from './request.rules.ts'

/** A request of which no payment is known yet. */
export interface OpenRequest {
  readonly requestKey: string
  readonly requestNo: string
  readonly unitCode: string
  readonly payeeAccount: string | null
  readonly amount: string
  readonly requestedOn: string
  readonly state: RequestState
  readonly orgPath: string
  readonly personKeys: readonly string[]
}

/** The oldest first, so that of two that are alike the earlier is paid by the earlier payment. */
export async function openRequests(trx: Trx): Promise<readonly OpenRequest[]> {
  const { rows } = await sql<OpenRequest>`
    select request_key as "requestKey", request_no as "requestNo", unit_code as "unitCode", payee_account as "payeeAccount",
      amount::text as amount, to_char(requested_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as "requestedOn", state,
      org_path as "orgPath", person_keys as "personKeys"
    from fiscal.payment_request where payment_id is null order by request_key`.execute(trx)
  return rows
}

/** Ties a payment to its request; false where another has been tied meanwhile. */
export async function tie(
  trx: Trx,
  requestKey: string,
  payment: { paymentId: string; paidOn: string; amount: string; by: 'number' | 'likeness' },
  fault: string | null,
): Promise<boolean> {
  const { numAffectedRows } = await sql`update fiscal.payment_request set payment_id = ${payment.paymentId},
      paid_on = ${payment.paidOn}, paid_amount = ${payment.amount}, tied_by = ${payment.by}, payment_fault = ${fault},
      version = version + 1
    where request_key = ${requestKey}::uuid and payment_id is null
      and not exists (select from fiscal.payment_request o where o.payment_id = ${payment.paymentId})`.execute(
    trx,
  )
  return numAffectedRows === 1n
}
