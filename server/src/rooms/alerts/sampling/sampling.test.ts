import { createHash } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { systemCaller } from '#ground/database/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { openDuckdb } from '#ground/warehouse/index.ts'
import { createCalendar } from '#shared/calendar/index.ts'
import {
  loadPack,
  openExampleSession,
  recordRun,
  runRules,
  shippedRules,
  takeDeliveries,
} from '#shared/rules/index.ts'
import { aCaller, aServer, asker, noFiles, placeUnits } from '../alerts.builders.ts'
import { createAlerts } from '../alerts.ts'
import { incomingColumns } from '../hit-feed.ts'
import { readPackPolicies } from '../packs.service.ts'
import { copyRecord } from './drawn-record.ts'
import { readLots } from './lots.warehouse.ts'
import { sampledDatasets } from './sampled-dataset.ts'
import { samplingRoutes } from './sampling.routes.ts'
import { createSampling } from './sampling.ts'

const database = await createTestDatabase()
const clock = fakeClock('2026-12-09T20:20:00Z')
const warehouse = await openDuckdb({ path: ':memory:' })
const facts = await openExampleSession(warehouse)
const policies = readPackPolicies(shippedRules)
const fiscal = loadPack('fiscal').filter(({ code }) => ['ZF12', 'ZF13'].includes(code))
const alerts = createAlerts({
  database,
  clock,
  policies,
  files: noFiles,
  feed: { takeInto: (trx, limit) => takeDeliveries(trx, limit, incomingColumns) },
})
const personKey = (number: string) => createHash('sha256').update(number).digest('hex')
const seed = '00112233445566778899aabbccddeeff'
const sampling = createSampling({
  database,
  warehouse,
  clock,
  policies,
  rulesOf: async (pack) => fiscal.filter((rule) => rule.pack === pack),
  personKey: personKey,
  newSeed: () => seed,
})
const asked: unknown[] = []
const server = await aServer()
samplingRoutes(server, sampling, async (_trx, wish) => void asked.push(wish))
const ask = asker(server)
const officer = aCaller(1, ['supervision_officer'])
const elsewhere = aCaller(2, ['supervision_officer'], '46.02')
const otherPack = aCaller(3, ['conduct_officer'])
const leader = aCaller(4, ['deputy'])
const cityLeader = aCaller(5, ['deputy'], '46.01')
const finance = aCaller(6, ['unit_finance'], '46.01.UU001')
const caseManager = aCaller(7, ['case_manager'])
const administrator = aCaller(8, ['system_admin'])
const relative = aCaller(9, ['supervision_officer'], '46.02')
const person = '469999197001010011'

const columns = [
  'payment_id',
  'unit_code',
  'paid_on',
  'amount',
  'settlement',
  'payee_name',
  'payee_account',
  'payee_kind',
  'payee_code',
  'economic_code',
  'purpose',
  'payment_kind',
  'payment_state',
] as const
const rows: Record<(typeof columns)[number], string | null>[] = []
const pay = (given: Partial<(typeof rows)[number]> & { payment_id: string }) =>
  rows.push({
    unit_code: 'U001',
    paid_on: '2026-11-03',
    amount: '120.00',
    settlement: 'transfer',
    payee_name: '海滨物资有限公司',
    payee_account: `62220000${given.payment_id}`,
    payee_kind: 'organisation',
    payee_code: 'E1',
    economic_code: '30218',
    purpose: '印刷费',
    payment_kind: 'ordinary',
    payment_state: 'paid',
    ...given,
  })

/** A large unit and a small one, a split over two payments, one large payment to a person, one void, one of October. */
function arrange(): void {
  for (let number = 1; number <= 270; number += 1) pay({ payment_id: `A${number}` })
  for (let number = 1; number <= 30; number += 1) pay({ payment_id: `B${number}`, unit_code: 'U002' })
  for (const [payment_id, paid_on, amount] of [
    ['S1', '2026-11-03', '30000.00'],
    ['S2', '2026-11-04', '25000.50'],
  ] as const) {
    pay({ payment_id, paid_on, amount, payee_account: '6222000000001234' })
  }
  pay({ payment_id: 'L1', amount: '80000.00', payee_kind: 'person', payee_name: '林某', payee_code: person })
  pay({ payment_id: 'P1', unit_code: 'U002', payee_kind: 'person', payee_name: '林某', payee_code: person })
  pay({ payment_id: 'V1', payment_state: 'void' })
  pay({ payment_id: 'O1', paid_on: '2026-10-31' })
}

async function runRulesUpTo(asOf: string): Promise<void> {
  const outcomes = await runRules(facts, fiscal, { asOf, available: new Set(['payment', 'payroll']) })
  const run = {
    pack: 'fiscal',
    cause: 'schedule',
    asOf,
    startedBy: systemCaller.userId,
    finishedAt: clock.now(),
  } as const
  await database.asCaller(systemCaller, (trx) => recordRun(trx, run, outcomes, personKey))
  await alerts.arrivals.takeAll()
}

/** By hand: the month's payments in the order of their lots, without those that an alert is about. */
const lots = () =>
  rows
    .filter(({ paid_on, payment_state }) => paid_on!.startsWith('2026-11') && payment_state === 'paid')
    .map(({ payment_id }) => payment_id!)
    .sort((one, other) => (lotOf(one) < lotOf(other) ? -1 : 1))
const lotOf = (id: string) => createHash('md5').update(`${seed}|${id}`).digest('hex')
const alerted = ['S1', 'S2', 'L1']

const items = async (caller = officer, query = '') =>
  (await ask(caller, 'GET', `/api/v1/sample-items?limit=200${query}`)).body.items as {
    itemId: string
    keys: { payment_id: string }
    unitCode: string
    version: number
  }[]
const idsOf = (found: Awaited<ReturnType<typeof items>>) => found.map(({ keys }) => keys.payment_id)

beforeAll(async () => {
  await createCalendar({ database }).load()
  await placeUnits(database)
  await alerts.prepare()
  arrange()
  await facts.insert(
    'payment',
    columns,
    rows.map((row) => columns.map((column) => row[column])),
  )
})

const november = { pack: 'fiscal', month: '2026-11' }

test('a month is drawn when it is over and the rules have run over all of it', async () => {
  clock.set('2026-11-30T02:00:00Z')
  await runRulesUpTo('2026-11-29')
  expect(await ask(officer, 'POST', '/api/v1/sample-draws', november)).toMatchObject({ status: 409 })
  await expect(sampling.draws.draw(november)).rejects.toMatchObject({ code: 'alerts.month_not_over' })
  clock.set('2026-12-09T20:20:00Z')
  await expect(sampling.draws.draw(november)).rejects.toMatchObject({ code: 'alerts.month_not_judged' })
  await runRulesUpTo('2026-12-09')
  expect(await ask(officer, 'POST', '/api/v1/sample-draws', november)).toMatchObject({ status: 202 })
  expect(asked).toEqual([{ ...november, userId: officer.userId }])
})

test('the day of the pack draws the month before, and a job that runs twice draws once', async () => {
  clock.set('2026-12-08T20:20:00Z')
  expect(await sampling.draws.drawDue()).toBe(0)
  clock.set('2026-12-09T20:20:00Z')
  const both = await Promise.all([sampling.draws.drawDue(), sampling.draws.draw(november)])
  expect(both.map(Number).toSorted()).toEqual([0, 1])
  expect(await sampling.draws.drawDue()).toBe(0)
  expect(await sampling.draws.draw(november, officer)).toBe(false)
  expect(await ask(officer, 'POST', '/api/v1/sample-draws', november)).toMatchObject({ status: 409 })
  const { body } = await ask(officer, 'GET', '/api/v1/sample-draws')
  expect(body).toMatchObject([{ ...november, seed, size: 50, drawn: 50, records: 304 }])
})

test('the sample is the lots in their order without what an alert is about, be it alone or in a group', async () => {
  const wanted = lots()
    .filter((id) => !alerted.includes(id))
    .slice(0, 50)
  expect(idsOf(await items())).toEqual(wanted)
  const raised = await database.owner('select rules from alerts.alert order by main_rule')
  expect(raised).toEqual([{ rules: ['ZF12'] }, { rules: ['ZF13'] }])
})

test('a draw repeats from its seed, and what arrived since then shows', async () => {
  const [draw] = (await ask(officer, 'GET', '/api/v1/sample-draws')).body
  const again = () => ask(officer, 'POST', `/api/v1/sample-draws/${draw.drawId}/repeat`, {})
  expect((await again()).body).toEqual({ agrees: true, records: 304, additional: [], absent: [] })
  const first = [...Array(2000).keys()]
    .map((number) => `Z${number}`)
    .find((id) => lotOf(id) < lotOf(lots()[0]!))!
  await facts.run(`insert into payment (payment_id, unit_code, paid_on, amount, settlement, payment_kind, payment_state)
    values ('${first}', 'U001', '2026-11-09', 1, 'transfer', 'ordinary', 'paid')`)
  const later = (await again()).body
  expect(later).toMatchObject({ agrees: false, records: 305, additional: [{ payment_id: first }] })
  expect(later.absent).toHaveLength(1)
  await facts.run(`delete from payment where payment_id = '${first}'`)
})

test('every record has the same chance, whatever its unit’s size', async () => {
  const drawn = { U001: 0, U002: 0 }
  const period = { from: '2026-11-01', to: '2026-11-30' }
  for (let turn = 0; turn < 40; turn += 1) {
    const turnSeed = createHash('md5').update(`turn ${turn}`).digest('hex')
    for (const lot of await readLots(facts, sampledDatasets.payment!, { ...period, seed: turnSeed }, 0, 50)) {
      drawn[lot.unit_code as 'U001'] += 1
    }
  }
  expect(drawn.U001 + drawn.U002).toBe(2000)
  // 31 of 304 records are of the small unit: 204 of 2,000 are expected, with a deviation of 13.
  expect(Math.abs(drawn.U002 - 204)).toBeLessThan(4 * 13)
})

test('a judgement is written on the version that was looked at, with an entry in the log', async () => {
  const [first, second] = await items()
  const judge = (item: { itemId: string; version: number }, payload: object, caller = officer) =>
    ask(caller, 'POST', `/api/v1/sample-items/${item.itemId}/judgement`, {
      version: item.version,
      ...payload,
    })
  expect(await judge(first!, { outcome: 'missed', note: '应有合同。' })).toMatchObject({ status: 400 })
  expect(await judge(first!, { outcome: 'missed', missedRule: 'ZF99', note: '应有合同。' })).toMatchObject({
    status: 422,
  })
  const missed = await judge(first!, {
    outcome: 'missed',
    missedRule: 'ZF13',
    note: '同日另有一笔，合计过限。',
  })
  expect(missed).toMatchObject({ status: 200, body: { outcome: 'missed', missedRule: 'ZF13', version: 2 } })
  expect(await judge(first!, { outcome: 'no_finding' })).toMatchObject({ status: 409 })
  expect(await judge(second!, { outcome: 'no_finding' })).toMatchObject({ status: 200 })
  const log = await database.owner(
    `select action, detail from audit.entry where object_id = $1 and action = 'alerts.judge_sample_item'`,
    [first!.itemId],
  )
  expect(log).toEqual([{ action: 'alerts.judge_sample_item', detail: { outcome: 'missed', rule: 'ZF13' } }])
})

test('the rates count the judged, and every figure is as many rows as it says', async () => {
  const { body } = await ask(officer, 'GET', '/api/v1/sample-rates')
  expect(body.months).toEqual([
    { ...november, drawn: 50, judged: 2, missed: 1, rate: '0.5000', low: '0.0945', high: '0.9055' },
  ])
  expect(body.packs).toMatchObject([{ pack: 'fiscal', drawn: 50, judged: 2, missed: 1, high: '0.9055' }])
  expect(body.rules).toMatchObject([
    { pack: 'fiscal', rule: 'ZF13', month: null, judged: 2, missed: 1 },
    { ...november, rule: 'ZF13', judged: 2, missed: 1 },
  ])
  expect(await items(officer, '&outcome=judged')).toHaveLength(2)
  expect(await items(officer, '&outcome=missed&rule=ZF13')).toHaveLength(1)
  expect(await items(officer, '&outcome=open&month=2026-11')).toHaveLength(48)
})

test('an office sees its part and its packs; units, case managers and administrators see nothing', async () => {
  const all = await items()
  const own = all.filter(({ unitCode }) => unitCode === 'U002')
  expect(idsOf(await items(elsewhere))).toEqual(idsOf(own))
  const hidden = all.find(({ unitCode }) => unitCode === 'U001')!
  expect(await ask(elsewhere, 'GET', `/api/v1/sample-items/${hidden.itemId}`)).toMatchObject({ status: 404 })
  const judgement = { outcome: 'no_finding', version: 1 }
  expect(
    await ask(elsewhere, 'POST', `/api/v1/sample-items/${hidden.itemId}/judgement`, judgement),
  ).toMatchObject({ status: 404 })
  expect((await ask(elsewhere, 'GET', '/api/v1/sample-draws')).body).toEqual([])
  expect((await ask(elsewhere, 'GET', '/api/v1/sample-rates')).body.months).toMatchObject([
    { drawn: own.length },
  ])
  expect(await items(otherPack)).toEqual([])
  for (const nobody of [finance, caseManager, administrator]) {
    for (const path of ['sample-items', 'sample-rates', 'sample-draws', 'sample-sizes']) {
      expect(await ask(nobody, 'GET', `/api/v1/${path}`)).toMatchObject({ status: 403 })
    }
  }
  expect(
    await ask(leader, 'POST', `/api/v1/sample-items/${hidden.itemId}/judgement`, judgement),
  ).toMatchObject({ status: 403 })
})

test('a record that names a person is masked, and unseen by that person’s kin', async () => {
  const source = sampledDatasets.payment!
  const month = { from: '2026-11-01', to: '2026-11-30', seed }
  const paid = (await readLots(facts, source, month, 0, 500)).find((lot) => lot.payment_id === 'P1')!
  const copy = await copyRecord(facts, source, paid, personKey)
  expect(copy.personKeys).toEqual([personKey(person)])
  expect(copy.record[0]!.rows).toMatchObject([
    { payee_name: '林**', payee_code: '****0011', purpose: '印刷费' },
  ])
  expect(JSON.stringify(copy.record)).not.toContain(person)
  const [named] = await database.owner<{ item_id: string }>(
    `insert into alerts.sample_item (draw_id, position, pack, month, keys, on_date, amount, unit_code, org_path, person_keys,
      record) select draw_id, 99, pack, month, $1, '2026-11-03', 1, 'U002', organisation.unit_path('U002'), $2, $3
    from alerts.sample_draw returning item_id`,
    [JSON.stringify(copy.keys), copy.personKeys, JSON.stringify(copy.record)],
  )
  const path = `/api/v1/sample-items/${named!.item_id}`
  expect(await ask(relative, 'GET', path)).toMatchObject({ status: 200 })
  await database.owner(`insert into permissions.person_of_user (user_id, person_key) values ($1, $2)`, [
    relative.userId,
    personKey(person),
  ])
  expect(await ask(relative, 'GET', path)).toMatchObject({ status: 404 })
  await database.owner('delete from alerts.sample_item where position = 99')
})

test('leaders of the whole decide the size, from a month on that has not been drawn', async () => {
  const size = { pack: 'fiscal', fromMonth: '2026-12', size: 20, reason: '人手不足，暂减。' }
  expect(await ask(officer, 'POST', '/api/v1/sample-sizes', size)).toMatchObject({ status: 403 })
  expect(await ask(cityLeader, 'POST', '/api/v1/sample-sizes', size)).toMatchObject({ status: 403 })
  expect(await ask(leader, 'POST', '/api/v1/sample-sizes', { ...size, fromMonth: '2026-11' })).toMatchObject({
    status: 422,
  })
  expect(await ask(leader, 'POST', '/api/v1/sample-sizes', size)).toMatchObject({ status: 201 })
  expect((await ask(leader, 'GET', '/api/v1/sample-sizes')).body).toMatchObject([
    { pack: 'fiscal', fromMonth: '2026-12', size: 20 },
    { pack: 'fiscal', fromMonth: null, size: 50 },
    { pack: 'invoices', fromMonth: null, size: 50 },
  ])
})
