import { createHttpServer, type HttpServer } from '#ground/http/index.ts'
import { quietLog } from '#ground/log/index.ts'
import type { House } from '#house'
import { fiscalRoutes } from '#rooms/fiscal/index.ts'
import { datasets } from '#shared/datasets/index.ts'
import { intakeRoutes } from '#shared/intake/index.ts'
import { inInstallation } from './installation.ts'
import { type StoredHits, watchStoredHits } from './stored-hits.ts'
import { fillSynthetic } from './synthetic-payments.ts'
import { type Times, timesOf, watchProcessor } from './timing.ts'

type RealtimeTimes = Times & {
  /** Processor time of one, of this process without its database. */
  readonly processor: number
}

/**
 * How long it takes from posting an invoice until the request is answered, until its hit is stored, and until everything
 * is judged and its alert raised; one at a time and a thousand at once; milliseconds.
 */
export function benchRealtime(times: number): Promise<readonly RealtimeTimes[]> {
  return inInstallation(async (house) => {
    await house.arrivalRuns.start()
    const server = await openServer(house)
    const stored = await watchStoredHits(house)
    await house.stream.start()
    try {
      const measure = (rounds: number, size: number) => measurePosting(house, server, stored, rounds, size)
      return [...(await measure(times, 1)), ...(await measure(Math.ceil(times / 20), 1000))]
    } finally {
      await house.stream.stop()
      await stored.close()
    }
  })
}

/** How long a payment request takes to be judged, kept and answered beside so many payments of a year; milliseconds. */
export function benchPaymentRequests(payments: number, times: number): Promise<readonly RealtimeTimes[]> {
  return inInstallation(async (house) => {
    await house.warehouse.writing((session) => fillSynthetic(session, payments))
    for (const { name } of datasets) house.judging.changed(name)
    const server = await openServer(house)
    const taken: number[] = []
    let processor = watchProcessor()
    for (let round = -warmUp; round < times; round++) {
      if (round === 0) processor = watchProcessor()
      const started = performance.now()
      const answer = await server.inject({
        method: 'POST',
        url: '/api/v1/fiscal/payment-requests',
        headers: { 'idempotency-key': `bench-request-${round + warmUp}` },
        payload: { request: paymentRequest(round + warmUp) },
      })
      if (answer.statusCode !== 201) throw new Error(`a request was not taken: ${answer.body}`)
      if (round >= 0) taken.push(performance.now() - started)
    }
    const what = `one payment request beside ${payments} payments, answered`
    return [{ ...timesOf(what, taken), processor: Math.round(processor() / times) }]
  })
}

/** Spread over units, payees and amounts, so that some pass and some are held. */
function paymentRequest(round: number) {
  const unit = (round * 7919) % 2000
  return {
    request_id: `Q${round}`,
    unit_code: `U${unit}`,
    indicator_id: `I${unit + 2000 * (round % 10)}`,
    paid_on: '2025-11-20',
    amount: round % 5 === 0 ? '80000.00' : '1234.50',
    settlement: round % 7 === 0 ? 'cash' : 'transfer',
    payee_name: `收款人${round * 31}`,
    payee_account: `N${10_000 + round * 31}`,
    payee_kind: round % 3 === 0 ? 'person' : 'organisation',
    economic_code: '30201',
    purpose: round % 11 === 0 ? '购买茅台酒' : '购买打印纸',
    payment_kind: 'ordinary',
  }
}

const machine = {
  userId: '01900000-0000-7000-8000-00000000beef',
  scope: '46',
  roles: ['feed'],
  datasets: ['invoice', 'invoice_line', 'payment'],
}

/** The routes for machines as the console serves them, for one whose token was looked at. */
async function openServer(house: House): Promise<HttpServer> {
  const server = await createHttpServer({
    log: quietLog,
    authority: {
      authenticate: async () => machine,
      isPermission: () => true,
      may: () => true,
      onRefused: async () => {},
    },
  })
  intakeRoutes(server, house.intake)
  fiscalRoutes(server, house.fiscal)
  return server
}

const warmUp = 5

async function measurePosting(
  house: House,
  server: HttpServer,
  hits: StoredHits,
  times: number,
  size: number,
): Promise<readonly RealtimeTimes[]> {
  const taken = {
    answered: [] as number[],
    stored: [] as number[],
    raised: [] as number[],
    listed: [] as number[],
  }
  let processor = watchProcessor()
  for (let round = -warmUp; round < times; round++) {
    if (round === 0) processor = watchProcessor()
    const records = Array.from({ length: size }, (_, place) => invoice(size, round + warmUp, place))
    const stored = hits.next()
    const listed = listedWhenTold(house)
    const started = performance.now()
    const answer = await server.inject({
      method: 'POST',
      url: '/api/v1/intake/invoice/records',
      headers: { 'idempotency-key': `bench-${size}-${round}` },
      payload: { records },
    })
    if (answer.statusCode !== 201) throw new Error(`an invoice was not taken: ${answer.body}`)
    const answered = performance.now()
    await house.arrivalRuns.idle()
    const raised = performance.now()
    const moments = { answered, stored: await stored, raised, listed: await listed }
    if (round < 0) continue
    for (const [name, moment] of Object.entries(moments))
      taken[name as keyof typeof taken].push(moment - started)
  }
  const each = Math.round(processor() / times)
  const what = size === 1 ? 'one invoice posted' : `${size} invoices in one request`
  return [
    { ...timesOf(`${what}, answered`, taken.answered), processor: each },
    { ...timesOf(`${what}, hit stored`, taken.stored), processor: each },
    { ...timesOf(`${what}, all judged and alerts raised`, taken.raised), processor: each },
    { ...timesOf(`${what}, open list told of it and read anew`, taken.listed), processor: each },
  ]
}

const officer = {
  userId: '01900000-0000-7000-8000-00000000bee0',
  scope: '46',
  roles: ['supervision_officer'],
}

/** What an open page does, without the drawing: it hears that alerts changed, asks for its list again, and has it. */
function listedWhenTold(house: House): Promise<number> {
  return new Promise((resolve, reject) => {
    const end = house.stream.open(officer, ({ topic }) => {
      if (topic !== 'alerts') return
      end()
      house.alerts.desk
        .list(officer, { sort: 'newest', limit: 50, pack: ['invoices'] })
        .then(() => resolve(performance.now()), reject)
    })
  })
}

/** Three lines, the first of which a rule finds; numbers are never used twice. */
function invoice(size: number, round: number, place: number) {
  return {
    invoice_code: size === 1 ? '4600201130' : '4600201131',
    invoice_no: String(10_000_000 + round * size + place),
    invoice_kind: 'vat_ordinary',
    issued_on: '2026-03-02',
    buyer_name: '某单位',
    seller_name: `某商行${round}-${place % 50}`,
    total: '1356.00',
    invoice_state: 'normal',
    lines: [
      { item_name: place % 10 === 0 ? '*酒*茅台酒' : '*纸制品*打印纸', amount: '1000.00', tax: '130.00' },
      { item_name: '*办公用品*签字笔', amount: '100.00', tax: '13.00' },
      { item_name: '*办公用品*文件夹', amount: '100.00', tax: '13.00' },
    ],
  }
}
