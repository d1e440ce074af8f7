import { type Database, systemCaller, type Trx } from '#ground/database/index.ts'
import type { Clock } from '#ground/time/index.ts'
import { inSession, type Row, type Warehouse } from '#ground/warehouse/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { postToRoles } from '#shared/notices/index.ts'
import {
  type OpenRequest,
  openRequests,
  type TiedRequest,
  tie,
  tiedRequests,
  untie,
} from './payment.store.ts'
import { paymentFault } from './request.rules.ts'
import { announce, insertEvent } from './request.store.ts'

export interface PaymentTying {
  /**
   * Ties the payments of a loaded batch to their requests: by the request's number, or where a payment has none by unit,
   * payee's account and amount. A payment made of a held or refused request stands out. Doing it again ties nothing twice.
   */
  tieBatch(batchId: string): Promise<number>
  /** Unties the requests whose payments are no longer there, because their batch was undone. Returns how many. */
  untieWithdrawn(): Promise<number>
}

interface Payment {
  readonly paymentId: string
  readonly requestNo: string | null
  readonly unitCode: string
  readonly payeeAccount: string | null
  readonly amount: string
  readonly paidOn: string
}

export function createPaymentTying({
  database,
  warehouse,
  clock,
}: {
  readonly database: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
}): PaymentTying {
  return {
    tieBatch: async (batchId) => {
      const open = await database.asCaller(systemCaller, openRequests)
      if (open.length === 0) return 0
      const payments = await candidates(warehouse, batchId, open)
      if (payments.length === 0) return 0
      return database.asCaller(systemCaller, async (trx) => {
        let tied = 0
        for (const pair of pairsOf(await openRequests(trx), payments))
          tied += await tieOne(trx, pair, clock.now())
        return tied
      })
    },
    untieWithdrawn: async () => {
      let untied = 0
      let after: string | undefined
      for (;;) {
        const tied = await database.asCaller(systemCaller, (trx) => tiedRequests(trx, after, atOnce))
        const gone = await withoutPayment(warehouse, tied)
        if (gone.length > 0) {
          untied += await database.asCaller(systemCaller, async (trx) => {
            let taken = 0
            for (const request of gone) taken += await untieOne(trx, request, clock.now())
            return taken
          })
        }
        if (tied.length < atOnce) return untied
        after = tied.at(-1)!.requestKey
      }
    },
  }
}

/** Requests that are compared with the payments at once. */
const atOnce = 10_000

/** Of these requests, those whose payment is not among the payments. */
async function withoutPayment(
  warehouse: Warehouse,
  tied: readonly TiedRequest[],
): Promise<readonly TiedRequest[]> {
  if (tied.length === 0) return []
  return inSession(warehouse.open, async (session) => {
    await session.run('create temp table tied_payment (payment_id text)')
    await session.insert(
      'tied_payment',
      ['payment_id'],
      tied.map(({ paymentId }) => [paymentId]),
    )
    const rows = await session.rows(
      'select payment_id from tied_payment where payment_id not in (select payment_id from payment)',
    )
    await session.run('drop table tied_payment')
    const gone = new Set(rows.map(({ payment_id }) => String(payment_id)))
    return tied.filter(({ paymentId }) => gone.has(paymentId))
  })
}

async function untieOne(trx: Trx, request: TiedRequest, at: Date): Promise<number> {
  if (!(await untie(trx, request))) return 0
  const { requestKey } = request
  await insertEvent(trx, { requestKey, at, side: 'system', kind: 'payment_withdrawn', toUnit: true })
  await recordAudit(trx, {
    action: 'fiscal.untie_payment',
    object: { kind: 'payment_request', id: requestKey },
    unitCode: request.unitCode,
    detail: { payment: request.paymentId },
  })
  await announce(trx, request, true)
  return 1
}

/** Payments of the batch that could be of one of these requests. */
function candidates(
  warehouse: Warehouse,
  batchId: string,
  open: readonly OpenRequest[],
): Promise<readonly Payment[]> {
  return inSession(warehouse.open, async (session) => {
    await session.run(
      'create temp table open_request (request_no text, unit_code text, payee_account text, amount numeric(18,2))',
    )
    await session.insert(
      'open_request',
      ['request_no', 'unit_code', 'payee_account', 'amount'],
      open.map((one) => [one.requestNo, one.unitCode, one.payeeAccount, one.amount]),
    )
    const rows = await session.rows(
      `select p.payment_id, p.request_id, p.unit_code, p.payee_account, p.amount, p.paid_on from payment p
      where p.batch_id = $batch and p.payment_state not in ('void', 'returned')
        and (p.request_id in (select request_no from open_request)
          or (p.request_id is null and exists (select 1 from open_request o
            where o.unit_code = p.unit_code and o.payee_account = p.payee_account and o.amount = p.amount)))
      order by p.paid_on, p.payment_id`,
      { batch: batchId },
    )
    await session.run('drop table open_request')
    return rows.map(paymentOf)
  })
}

function paymentOf(row: Row): Payment {
  const text = (name: string) => (row[name] === null ? null : String(row[name]))
  return {
    paymentId: String(row.payment_id),
    requestNo: text('request_id'),
    unitCode: String(row.unit_code),
    payeeAccount: text('payee_account'),
    amount: String(row.amount),
    paidOn: String(row.paid_on),
  }
}

interface Pair {
  readonly request: OpenRequest
  readonly payment: Payment
  readonly by: 'number' | 'likeness'
}

/** Each payment with at most one request and the other way round; numbers come before likeness. */
export function pairsOf(open: readonly OpenRequest[], payments: readonly Payment[]): readonly Pair[] {
  const pairs: Pair[] = []
  const free = new Map(open.map((request) => [request.requestNo, request]))
  const take = (payment: Payment, request: OpenRequest | undefined, by: Pair['by']) => {
    if (!request) return
    free.delete(request.requestNo)
    pairs.push({ request, payment, by })
  }
  for (const payment of payments) if (payment.requestNo) take(payment, free.get(payment.requestNo), 'number')
  for (const payment of payments) {
    if (payment.requestNo) continue
    const alike = [...free.values()].find(
      (request) => isSame(request, payment) && payment.paidOn >= request.requestedOn,
    )
    take(payment, alike, 'likeness')
  }
  return pairs
}

function isSame(request: OpenRequest, payment: Payment): boolean {
  return (
    request.unitCode === payment.unitCode &&
    request.payeeAccount === payment.payeeAccount &&
    request.amount === payment.amount
  )
}

async function tieOne(trx: Trx, { request, payment, by }: Pair, at: Date): Promise<number> {
  const { requestKey } = request
  const fault = paymentFault(request.state, isSame(request, payment))
  if (!(await tie(trx, requestKey, { ...payment, by }, fault))) return 0
  await insertEvent(trx, { requestKey, at, side: 'system', kind: 'paid', toUnit: true })
  await recordAudit(trx, {
    action: 'fiscal.tie_payment',
    object: { kind: 'payment_request', id: requestKey },
    unitCode: request.unitCode,
    detail: { payment: payment.paymentId, by, fault },
  })
  if (fault) {
    await postToRoles(
      trx,
      {
        roles: ['finance_supervisor', 'supervision_officer'],
        place: request.orgPath,
        persons: request.personKeys,
      },
      {
        kind: 'fiscal.paid_against',
        titleZh: '有支付与其申请的处理不符（疑似违规支付），请核实',
        titleEn: 'A payment contradicts what was decided on its request (suspected); verify it',
        link: `/payment-requests/${requestKey}`,
        byTextMessage: true,
      },
      at,
    )
  }
  await announce(trx, request, true)
  return 1
}
