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

/** A request with the payment that was made of it. */
export interface TiedRequest {
  readonly requestKey: string
  readonly paymentId: string
  readonly unitCode: string
  readonly orgPath: string
}

/** Some requests with their payments, by key from `after` on. */
export async function tiedRequests(
  trx: Trx,
  after: string | undefined,
  limit: number,
): Promise<readonly TiedRequest[]> {
  const { rows } = await sql<TiedRequest>`select request_key as "requestKey", payment_id as "paymentId",
      unit_code as "unitCode", org_path as "orgPath"
    from fiscal.payment_request where payment_id is not null and ${after ? sql`request_key > ${after}::uuid` : sql`true`}
    order by request_key limit ${limit}`.execute(trx)
  return rows
}

/** Takes a payment off its request, which waits for one again; false where another has been tied meanwhile. */
export async function untie(trx: Trx, { requestKey, paymentId }: TiedRequest): Promise<boolean> {
  const { numAffectedRows } = await sql`update fiscal.payment_request set payment_id = null, paid_on = null,
      paid_amount = null, tied_by = null, payment_fault = null, version = version + 1
    where request_key = ${requestKey}::uuid and payment_id = ${paymentId}`.execute(trx)
  return numAffectedRows === 1n
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
