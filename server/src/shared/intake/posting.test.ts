import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, systemCaller } from '#ground/database/index.ts'
import { createHttpServer } from '#ground/http/index.ts'
import { quietLog } from '#ground/log/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { inSession, openDuckdb, type Warehouse } from '#ground/warehouse/index.ts'
import { createTable, datasets } from '#shared/datasets/index.ts'
import { ensureRegions, syncUnits } from '#shared/organisation/index.ts'
import { isPermission, may } from '#shared/permissions/index.ts'
import { intakeRoutes } from './intake.routes.ts'
import { createIntake, type Intake } from './intake.service.ts'

const database = await createTestDatabase()
const folder = mkdtempSync(join(tmpdir(), 'qingfeng-posting-'))
const clock = fakeClock('2026-03-02T01:00:00Z')
const loaded: string[] = []
const feed = (scope = '46', granted = ['invoice', 'invoice_line', 'payment', 'venue']) => ({
  userId: '01900000-0000-7000-8000-00000000000a',
  scope,
  roles: ['feed'],
  datasets: granted,
})
const officer = {
  userId: '01900000-0000-7000-8000-000000000001',
  scope: '46',
  roles: ['information_officer'],
}
let caller: Caller = feed()
let warehouse: Warehouse
let intake: Intake
/** Set to let the next writing to the warehouse fail, before or after it is done. */
let breaks: 'before' | 'after' | undefined

const server = await createHttpServer({
  log: quietLog,
  authority: { authenticate: async () => caller, isPermission, may, onRefused: async () => {} },
})

beforeAll(async () => {
  const real = await openDuckdb({ path: join(folder, 'facts.duckdb') })
  warehouse = {
    ...real,
    writing: async (work) => {
      const now = breaks
      breaks = undefined
      if (now === 'before') throw new Error('the power went')
      const result = await real.writing(work)
      if (now === 'after') throw new Error('the power went')
      return result
    },
  }
  await inSession(warehouse.open, async (session) => {
    for (const dataset of datasets) await session.run(createTable(dataset))
  })
  await database.asCaller(systemCaller, async (trx) => {
    await ensureRegions(trx)
    const unit = (unit_code: string, region_code: string) => ({
      unit_code,
      unit_name: unit_code,
      region_code,
      valid_from: '2020-01-01',
      kind: 'organ',
    })
    await syncUnits(trx, [unit('U1', '460100'), unit('U2', '460200')])
  })
  intake = createIntake({
    database,
    warehouse,
    clock,
    folder,
    allowDemo: false,
    memoryMegabytes: 300,
    onChanged: async () => {},
    onLoaded: (batchId) => loaded.push(batchId),
  })
  await intake.recover()
  intakeRoutes(server, intake)
})
afterAll(async () => {
  await intake.close()
  await warehouse.close()
})

const post = async (dataset: string, records: unknown, key: string, query = '') => {
  const answer = await server.inject({
    method: 'POST',
    url: `/api/v1/intake/${dataset}/records${query}`,
    headers: { 'idempotency-key': key },
    payload: { records },
  })
  return { status: answer.statusCode, body: answer.json(), replayed: answer.headers['idempotent-replayed'] }
}
const invoice = (no: string, more = {}) => ({
  invoice_code: '4600201130',
  invoice_no: no,
  invoice_kind: 'vat_ordinary',
  issued_on: '2026-03-01',
  seller_name: '某商行',
  total: '1130.00',
  invoice_state: 'normal',
  lines: [
    { item_name: '*酒*白酒', amount: '1000.00', tax: '130.00' },
    { item_name: '*办公用品*纸', amount: '0.00' },
  ],
  ...more,
})
const stored = (query: string) => inSession(warehouse.open, (session) => session.rows(query))
const invoices = () => stored('select invoice_no, total from invoice order by invoice_no')
const lines = () =>
  stored('select invoice_no, line_no, item_name from invoice_line order by invoice_no, line_no')

test('invoices arrive with their lines, as a batch that can be undone as a whole', async () => {
  const { status, body } = await post('invoice', [invoice('10000001'), invoice('10000002')], 'k-1')
  expect([status, body]).toMatchObject([
    201,
    { state: 'loaded', records: 2, refusedRecords: 0, newRecords: 2, faults: [] },
  ])
  expect(await invoices()).toEqual([
    { invoice_no: '10000001', total: '1130.00' },
    { invoice_no: '10000002', total: '1130.00' },
  ])
  expect((await lines()).map(({ invoice_no, line_no }) => [invoice_no, line_no])).toEqual([
    ['10000001', 1],
    ['10000001', 2],
    ['10000002', 1],
    ['10000002', 2],
  ])
  expect(loaded.splice(0)).toEqual([body.batchId])
  expect(await intake.detail(officer, body.batchId)).toMatchObject({ state: 'loaded', fileName: 'API k-1' })
  await intake.undo(officer, body.batchId)
  expect([await invoices(), await lines()]).toEqual([[], []])
})

test('the same key and records give the same answer and change nothing; other records are refused', async () => {
  const first = await post('invoice', [invoice('10000003')], 'k-2')
  const again = await post('invoice', [invoice('10000003')], 'k-2')
  expect(again).toEqual({ ...first, replayed: 'true' })
  expect(await post('invoice', [invoice('10000004')], 'k-2')).toMatchObject({
    status: 409,
    body: { code: 'intake.key_used' },
  })
  expect(await post('invoice', [invoice('10000003')], 'k-2', '?mode=good')).toMatchObject({ status: 409 })
  expect(await invoices()).toHaveLength(1)
  // The key is the sender's own: another sender's is another.
  caller = officer
  expect(await post('invoice', [invoice('10000003')], 'k-2')).toMatchObject({
    status: 201,
    body: { equalRecords: 1 },
  })
  caller = feed()
})

test('the same request many times at once is loaded once', async () => {
  loaded.splice(0)
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => post('invoice', [invoice('10000005')], 'k-3')),
  )
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
  expect(answers.filter(({ replayed }) => replayed === undefined)).toHaveLength(1)
  expect(loaded).toHaveLength(1)
  expect((await invoices()).filter((row) => row.invoice_no === '10000005')).toHaveLength(1)
})

test.each(['before', 'after'] as const)(
  'a request that broke off %s its rows were in the warehouse is finished by sending it again',
  async (moment) => {
    const record = invoice(moment === 'before' ? '10000006' : '10000007')
    breaks = moment
    expect(await post('invoice', [record], `k-4-${moment}`)).toMatchObject({ status: 500 })
    const again = await post('invoice', [record], `k-4-${moment}`)
    expect(again).toMatchObject({ status: 201, body: { state: 'loaded', newRecords: 1, equalRecords: 0 } })
    expect(await post('invoice', [record], `k-4-${moment}`)).toEqual({ ...again, replayed: 'true' })
    expect((await invoices()).filter((row) => row.invoice_no === record.invoice_no)).toHaveLength(1)
  },
)

test('a batch whose request broke off is on record after the next start, and can be undone', async () => {
  breaks = 'after'
  await post('invoice', [invoice('10000008')], 'k-5')
  await intake.recover()
  const [batch] = (await intake.list(officer, { dataset: 'invoice', limit: 100 })).items.filter(
    ({ fileName }) => fileName === 'API k-5',
  )
  expect(batch).toMatchObject({ state: 'loaded', totalRows: 1, newRows: 1 })
  await intake.undo(officer, batch!.batchId)
  expect((await invoices()).filter((row) => row.invoice_no === '10000008')).toEqual([])
})

test('what another feed told otherwise is laid aside as among files; a feed corrects itself', async () => {
  const from = (no: string, name: string | null, total: string, more = {}) =>
    invoice(no, { feed: name, total, lines: [], ...more })
  const ofFeeds = async () => (await invoices()).filter((row) => String(row.invoice_no).startsWith('3000000'))
  const ofFeedLines = async () =>
    (await lines()).filter((row) => String(row.invoice_no).startsWith('3000000'))
  const first = await post('invoice', [from('30000001', 'national', '100.00')], 'two-feeds-1')
  expect(first.body).toMatchObject({ newRecords: 1, conflicts: 0 })
  const second = await post(
    'invoice',
    [
      from('30000001', 'local', '120.00'),
      from('30000002', 'local', '50.00'),
      from('30000003', null, '70.00', { lines: [{ item_name: '*纸*打印纸', amount: '70.00' }] }),
    ],
    'two-feeds-2',
  )
  expect([second.status, second.body]).toMatchObject([
    201,
    { state: 'loaded', records: 3, newRecords: 2, changedRecords: 0, equalRecords: 0, conflicts: 1 },
  ])
  expect(await ofFeeds()).toMatchObject([
    { invoice_no: '30000001', total: '100.00' },
    { invoice_no: '30000002', total: '50.00' },
    { invoice_no: '30000003', total: '70.00' },
  ])
  const open = await intake.conflicts.list(officer, { state: 'open', limit: 10 })
  expect(open.items).toMatchObject([{ batchId: second.body.batchId, invoiceNo: '30000001', state: 'open' }])
  expect((await intake.detail(officer, second.body.batchId)).openConflicts).toBe(1)
  const third = await post(
    'invoice',
    [
      from('30000001', 'local', '100.00'),
      from('30000002', 'local', '55.00'),
      from('30000003', null, '75.00', { invoice_state: 'void' }),
    ],
    'two-feeds-3',
  )
  expect(third.body).toMatchObject({ newRecords: 0, changedRecords: 2, equalRecords: 1, conflicts: 0 })
  expect((await ofFeeds()).map(({ total }) => total)).toEqual(['100.00', '55.00', '75.00'])
  expect(await ofFeedLines()).toMatchObject([{ invoice_no: '30000003', item_name: '*纸*打印纸' }])
  for (const { body } of [third, second, first]) await intake.undo(officer, body.batchId)
  expect(await ofFeeds()).toEqual([])
  expect((await intake.conflicts.list(officer, { state: 'open', limit: 10 })).items).toEqual([])
  loaded.splice(0)
})

test('faults are told by record, field, value and reason, and nothing is loaded', async () => {
  const before = await invoices()
  const bad = [
    invoice('1000001X', { drawer: '某某某', total: '12.345' }),
    invoice('10000011', { issued_on: '2026-02-30', lines: [{ item_name: '纸', amount: 'viel' }, 7] }),
    invoice('10000012', { colour: 'red', buyer_tax_no: 460100000000001, drawer: 5 }),
    invoice('10000013'),
    invoice('10000013'),
  ]
  const { status, body } = await post('invoice', bad, 'k-6')
  expect(status).toBe(422)
  expect(body).toMatchObject({
    state: 'refused',
    records: 5,
    refusedRecords: 4,
    faultCount: body.faults.length,
  })
  const told = body.faults.map(({ index, field }: { index: number; field: string }) => `${index} ${field}`)
  expect(told.sort()).toEqual([
    '0 invoice_no',
    '0 total',
    '1 issued_on',
    '1 lines[0].amount',
    '1 lines[1]',
    '2 buyer_tax_no',
    '2 colour',
    '2 drawer',
    '4 invoice_no',
  ])
  const fault = (field: string) => body.faults.find((one: { field: string }) => one.field === field)
  expect(fault('lines[0].amount')).toMatchObject({
    value: 'viel',
    reason: { en: 'no amount, expected yuan such as 1234.50' },
  })
  expect(body.faults.find((one: { index: number }) => one.index === 4).reason.zh).toBe(
    '与第 4 条记录的主键重复',
  )
  expect(await invoices()).toEqual(before)
  const { faults } = await intake.detail(officer, body.batchId)
  expect(faults).toHaveLength(9)
})

const plainPayment = {
  payment_id: 'P1',
  unit_code: 'U1',
  paid_on: '2026-03-01',
  amount: '10.00',
  settlement: 'transfer',
  payment_kind: 'ordinary',
  payment_state: 'paid',
}

test('a classified payment is refused, and is nowhere afterwards', async () => {
  const { status, body } = await post('payment', [{ ...plainPayment, classified: true }], 'k-classified')
  expect(status).toBe(422)
  expect(body.faults).toMatchObject([{ field: 'classified', reason: { zh: '涉密资金不得录入非涉密平台' } }])
  expect(await stored('select payment_id from payment')).toEqual([])
})

test('personal values are masked in what is told about them', async () => {
  const payment = {
    ...plainPayment,
    payee_account: '6222 0000 1234 5678 ！',
  }
  const { body } = await post('payment', [payment], 'k-7')
  expect(body.faults).toHaveLength(1)
  expect(body.faults[0]).toMatchObject({ field: 'payee_account', value: '6222***78 ！' })
})

test('with the good ones asked for, a record stands or falls with its lines', async () => {
  const mixed = [
    invoice('10000021', { lines: [{ item_name: '', amount: '1.00' }] }),
    invoice('10000022', { total: 1130.5, lines: [{ item_name: '餐费', amount: 1000.5 }] }),
  ]
  const { status, body } = await post('invoice', mixed, 'k-8', '?mode=good')
  expect([status, body]).toMatchObject([201, { records: 2, refusedRecords: 1, newRecords: 1 }])
  expect(body.faults).toMatchObject([{ index: 0, field: 'lines[0].item_name' }])
  const numbers = (rows: { invoice_no?: unknown }[]) =>
    rows.map((row) => row.invoice_no).filter((no) => String(no).startsWith('1000002'))
  expect([numbers(await invoices()), numbers(await lines())]).toEqual([['10000022'], ['10000022']])
})

test('a token delivers the datasets that it names, for the units of its part of the tree', async () => {
  caller = feed('46', ['invoice'])
  expect(await post('invoice', [invoice('10000031')], 'k-9')).toMatchObject({
    status: 403,
    body: { code: 'intake.dataset_not_granted' },
  })
  caller = feed('46.01')
  expect(await post('invoice', [invoice('10000031')], 'k-9')).toMatchObject({
    status: 403,
    body: { code: 'intake.whole_province_only' },
  })
  const pay = (payment_id: string, unit_code: string) => ({
    payment_id,
    unit_code,
    paid_on: '2026-03-01',
    amount: '10.00',
    settlement: 'transfer',
    payment_kind: 'ordinary',
    payment_state: 'paid',
  })
  const { body } = await post(
    'payment',
    [pay('P1', 'U1'), pay('P2', 'U2'), pay('P3', 'U9')],
    'k-10',
    '?mode=good',
  )
  expect(body).toMatchObject({ newRecords: 1, refusedRecords: 2 })
  expect(body.faults.map(({ index, field }: { index: number; field: string }) => [index, field])).toEqual([
    [1, 'unit_code'],
    [2, 'unit_code'],
  ])
  caller = feed()
})

test('without key, beyond the limit, to no dataset or without the permission nothing is taken', async () => {
  const without = await server.inject({
    method: 'POST',
    url: '/api/v1/intake/venue/records',
    payload: { records: [{}] },
  })
  expect(without.statusCode).toBe(400)
  const venue = { venue_name: '某会所', valid_from: '2024-01-01' }
  expect((await post('venue', Array(5001).fill(venue), 'k-11')).status).toBe(400)
  expect((await post('venue', [], 'k-11')).status).toBe(400)
  expect((await post('keyword', [{}], 'k-11')).status).toBe(404)
  caller = { ...officer, roles: ['conduct_officer'] }
  expect((await post('venue', [venue], 'k-11')).status).toBe(403)
  caller = feed()
  expect((await post('venue', [venue], 'k-11')).status).toBe(201)
})
