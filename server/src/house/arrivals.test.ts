import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemCaller } from '#ground/database/index.ts'
import { quietLog } from '#ground/log/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { inSession, openDuckdb, type Warehouse } from '#ground/warehouse/index.ts'
import {
  type Alerts,
  createAlerts,
  createExceptions,
  type Exceptions,
  readPackPolicies,
} from '#rooms/alerts/index.ts'
import { createCalendar } from '#shared/calendar/index.ts'
import { createTable, datasets } from '#shared/datasets/index.ts'
import { createFiles } from '#shared/files/index.ts'
import { createIntake, type Intake } from '#shared/intake/index.ts'
import { createChangeStream, type StreamEvent } from '#shared/notices/index.ts'
import { ensureRegions, syncUnits } from '#shared/organisation/index.ts'
import {
  createComposedRules,
  createJudging,
  createRules,
  fillReferenceRelations,
  type Judging,
  loadPack,
  shippedKeywords,
  shippedReference,
  shippedRules,
} from '#shared/rules/index.ts'
import { type ArrivalRuns, createArrivalRuns } from './arrivals.ts'
import { bringingIntoForce } from './rule-configuration.ts'
import { ruleHitFeed } from './rule-hit-feed.ts'

const database = await createTestDatabase()
const folder = mkdtempSync(join(tmpdir(), 'qingfeng-arrivals-'))
const clock = fakeClock('2026-03-03T01:00:00Z')
const stream = createChangeStream({ database })
const feed = {
  userId: '01900000-0000-7000-8000-00000000000a',
  scope: '46',
  roles: ['feed'],
  datasets: ['invoice', 'invoice_line', 'payment'],
}
const conduct = { userId: '01900000-0000-7000-8000-000000000002', scope: '46', roles: ['conduct_officer'] }
const finance = {
  userId: '01900000-0000-7000-8000-000000000006',
  scope: '46.01.UU1',
  roles: ['unit_finance'],
}
const approver = { ...conduct, userId: '01900000-0000-7000-8000-000000000005', roles: ['rule_approver'] }
const elsewhere = { ...conduct, userId: '01900000-0000-7000-8000-000000000003', scope: '46.02' }
let warehouse: Warehouse
let intake: Intake
let judging: Judging
let alerts: Alerts
let arrivalRuns: ArrivalRuns
let exceptions: Exceptions

/** Everything that a batch meets between its request and its alert, on stores of its own; again: after a stop. */
async function open(): Promise<void> {
  judging = createJudging({ warehouse, memoryMegabytes: 300 })
  intake = createIntake({
    database,
    warehouse,
    clock,
    folder,
    allowDemo: true,
    memoryMegabytes: 300,
    onChanged: async (dataset) => judging.changed(dataset),
    onLoaded: (batchId) => arrivalRuns.loaded(batchId),
  })
  await intake.recover()
  const files = createFiles({ database, folder: join(folder, 'files') })
  const policies = readPackPolicies(shippedRules)
  alerts = createAlerts({ database, clock, files, policies, feed: ruleHitFeed })
  await alerts.prepare()
  const catalogue = [...loadPack('fiscal'), ...loadPack('invoices')]
  const rules = createRules({
    database,
    warehouse,
    clock,
    rules: catalogue,
    packs: [...policies.values()],
    keywords: shippedKeywords(),
    onApproved: async () => {},
  })
  await rules.configuration.prepare()
  const calendar = createCalendar({ database })
  exceptions = createExceptions({
    database,
    clock,
    policies,
    rules: async () => catalogue,
    onChanged: () => bringIntoForce(),
  })
  const bringIntoForce = bringingIntoForce({
    database,
    warehouse,
    calendar,
    rules,
    alerts,
    exceptions,
    judging,
  })
  const keys = { personKey: (id: string) => `key:${id}` }
  arrivalRuns = createArrivalRuns({
    database,
    warehouse,
    clock,
    keys,
    log: quietLog,
    intake,
    judging,
    catalogue,
    inForce: () => rules.configuration.inForce(),
    composedRules: createComposedRules({ database, clock, connection: database.connection }),
    alerts,
    fiscal: { payments: { tieBatch: async () => 0 } },
  })
}

beforeAll(async () => {
  warehouse = await openDuckdb({ path: join(folder, 'facts.duckdb') })
  await inSession(warehouse.open, async (session) => {
    for (const dataset of datasets) await session.run(createTable(dataset))
    await fillReferenceRelations(session, shippedReference())
    await session.run(`insert into unit (unit_code, unit_name, region_code, kind, credit_code, valid_from)
      values ('U1', '市水务局', '460100', 'organ', '114601000000001', date '2020-01-01')`)
  })
  const calendar = createCalendar({ database })
  await database.asCaller(systemCaller, async (trx) => {
    await ensureRegions(trx)
    await syncUnits(trx, [
      {
        unit_code: 'U1',
        unit_name: '市水务局',
        region_code: '460100',
        kind: 'organ',
        valid_from: '2020-01-01',
      },
    ])
  })
  await calendar.load()
  await stream.start()
  await open()
  stream.register('alerts', (caller, ids) => alerts.readable(caller, ids))
})
afterAll(async () => {
  await stream.stop()
  await intake.close()
  await judging.close()
  await warehouse.close()
})

const liquor = (no: string, more = {}) => ({
  invoice_code: '4600201130',
  invoice_no: no,
  invoice_kind: 'vat_ordinary',
  issued_on: '2026-03-02',
  buyer_tax_no: '114601000000001',
  seller_name: '某商行',
  total: '1130.00',
  invoice_state: 'normal',
  lines: [{ item_name: '*酒*茅台酒', amount: '1000.00' }],
  ...more,
})
const post = (key: string, ...records: object[]) =>
  intake.post(feed, 'invoice', { mode: 'all', key, records: records as Record<string, unknown>[] })
const hits = (no: string) =>
  database.owner<{ rule: string; level: string; cause: string }>(
    `select h.rule, h.level, r.cause from rules.hit h join rules.run r on r.run_id = h.first_run
    where h.keys ->> 'invoice_no' = $1 order by h.rule`,
    [no],
  )
const alertsOf = (no: string) =>
  database.owner<{ alert_id: string; level: string }>(
    "select alert_id, level from alerts.alert where anchor like '%invoice_no=' || $1",
    [no],
  )

test('an invoice that was posted is judged at once, raises its alert, and who may see it is told', async () => {
  await arrivalRuns.start()
  const heard: StreamEvent[] = []
  const notHeard: StreamEvent[] = []
  const ends = [
    stream.open(conduct, (event) => heard.push(event)),
    stream.open(elsewhere, (event) => notHeard.push(event)),
  ]
  await post(
    'k-1',
    liquor('10000001'),
    liquor('10000002', { lines: [{ item_name: '*纸*打印纸', amount: '1000.00' }] }),
  )
  await arrivalRuns.idle()
  expect(await hits('10000001')).toContainEqual({ rule: 'R01', level: 'red', cause: 'arrival' })
  expect((await hits('10000002')).map(({ rule }) => rule)).not.toContain('R01')
  const [alert] = await alertsOf('10000001')
  expect(alert?.level).toBe('red')
  await expect
    .poll(() => heard.filter(({ topic }) => topic === 'alerts').flatMap(({ ids }) => ids))
    .toContain(alert?.alert_id)
  expect(notHeard).toEqual([])
  for (const end of ends) end()
  // Each run keeps how its rules went.
  const [run] = await database.owner(
    "select rule_version, rows_read, hits, state from rules.run_rule join rules.run using (run_id) where cause = 'arrival' and rule = 'R01'",
  )
  expect(run).toMatchObject({ rows_read: '2', hits: 1, state: 'ok' })
})

test('posting again what is there raises nothing again', async () => {
  const before = await alertsOf('10000001')
  await post('k-2', liquor('10000001'))
  await arrivalRuns.idle()
  expect(await alertsOf('10000001')).toEqual(before)
})

test('what was loaded when the server stopped is judged at the next start', async () => {
  const running = arrivalRuns
  arrivalRuns = { ...running, loaded: () => {} }
  await post('k-3', liquor('10000003'))
  expect(await hits('10000003')).toEqual([])
  await intake.close()
  await judging.close()
  await open()
  await arrivalRuns.start()
  await arrivalRuns.idle()
  expect(await hits('10000003')).toContainEqual({ rule: 'R01', level: 'red', cause: 'arrival' })
  expect(await database.asCaller(systemCaller, (trx) => intake.unjudged(trx))).toEqual([])
})

test('a rule composed in the console judges what arrives, once another person has put it in force', async () => {
  const composed = createComposedRules({ database, clock, connection: database.connection })
  const editor = { ...conduct, userId: '01900000-0000-7000-8000-000000000004', roles: ['rule_editor'] }
  const named = (zh: string, seller_name: string, hit: boolean) => ({
    name: { zh, en: `example ${zh}` },
    record: { seller_name },
    hit,
  })
  await composed.compose(editor, {
    dataset: 'invoice',
    title: { zh: '某会所开票', en: 'An invoice of a club' },
    level: 'yellow',
    query: { combinator: 'and', rules: [{ field: 'seller_name', operator: 'contains', value: '会所' }] },
    message: {
      zh: '{seller_name}开票{amount}元，疑似出入会所。',
      en: '{seller_name}: {amount} yuan, suspected.',
    },
    basis: [{ zh: '会所歪风整治', en: 'campaign against clubs', certainty: 'practice' }],
    examples: [
      named('会所', '某会所', true),
      named('会所二', '山水会所', true),
      named('书店', '某书店', false),
      named('饭店', '某饭店', false),
    ],
  })
  await composed.propose(editor, 'ZD01', '整治要求')
  await composed.approve(approver, 'ZD01', 1, null)
  await post('k-4', liquor('10000004', { seller_name: '山水会所' }))
  await arrivalRuns.idle()
  expect(await hits('10000004')).toContainEqual({ rule: 'ZD01', level: 'yellow', cause: 'arrival' })
})

test('an exception holds from its approval on: the next invoice raises nothing, and its hit is counted', async () => {
  const alertId = (await alertsOf('10000001'))[0]!.alert_id
  await alerts.units.explain(finance, alertId, { text: '接待外宾，附审批单。', files: [] })
  await alerts.judging.judge(conduct, alertId, { verdict: 'normal', reason: '手续齐全。', files: [] })
  const { exceptionId } = await exceptions.propose(conduct, alertId, {
    rule: 'R01',
    sameUnit: true,
    sameEconomicCode: false,
    sameCounterparty: true,
    validTo: '2026-03-31',
    reason: '涉外接待用酒，已批准。',
  })
  await post('k-5', liquor('10000005', { seller_name: '甲酒行' }))
  await arrivalRuns.idle()
  expect(await alertsOf('10000005')).toHaveLength(1)

  await exceptions.approve(approver, exceptionId, '琼纪例〔2026〕1号')
  await post('k-6', liquor('10000006', { seller_name: '乙酒行' }))
  await arrivalRuns.idle()
  expect(await hits('10000006')).toMatchObject([{ rule: 'R01', cause: 'arrival' }])
  expect(await alertsOf('10000006')).toEqual([])
  const { items, total } = await exceptions.suppressed(conduct, { limit: 10 })
  expect(items).toMatchObject([{ rule: 'R01', unitCode: 'U1', exceptions: ['LW2026000001'] }])
  expect(total).toEqual({ count: 1, capped: false })
  expect((await exceptions.detail(approver, exceptionId)).suppressed).toBe(1)
})

test('past its last day an exception holds nothing back', async () => {
  clock.set('2026-04-02T01:00:00Z')
  await post('k-7', liquor('10000007', { issued_on: '2026-04-01' }))
  await arrivalRuns.idle()
  expect(await alertsOf('10000007')).toHaveLength(1)
})
