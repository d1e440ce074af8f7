import { beforeAll, expect, test } from 'vitest'
import { systemCaller } from '#ground/database/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { openDuckdb } from '#ground/warehouse/index.ts'
import { createCalendar } from '#shared/calendar/index.ts'
import {
  fillReferenceRelations,
  loadPack,
  openExampleSession,
  recordRun,
  runRules,
  shippedRules,
  takeDeliveries,
} from '#shared/rules/index.ts'
import { aCaller, aServer, asker, noFiles, placeUnits } from './alerts.builders.ts'
import { alertsRoutes } from './alerts.routes.ts'
import { createAlerts } from './alerts.ts'
import { exceptionRoutes } from './exception.routes.ts'
import { createExceptions } from './exception.service.ts'
import { incomingColumns } from './hit-feed.ts'
import { readPackPolicies } from './packs.service.ts'

const database = await createTestDatabase()
const clock = fakeClock('2026-11-24T02:00:00Z')
const warehouse = await openDuckdb({ path: ':memory:' })
const facts = await openExampleSession(warehouse)
const shipped = readPackPolicies(shippedRules)
// What a unit owes beside its words has tests of its own.
const policies = new Map(
  [...shipped].map(([pack, { explanation: _explanation, ...policy }]) => [pack, policy]),
)
const rules = loadPack('fiscal').filter(({ code }) => code === 'ZF10')
const alerts = createAlerts({
  database,
  clock,
  policies,
  files: noFiles,
  feed: { takeInto: (trx, limit) => takeDeliveries(trx, limit, incomingColumns) },
})
const exceptions = createExceptions({
  database,
  clock,
  policies,
  rules: async () => rules,
  onChanged: async () => fillReferenceRelations(facts, { exceptions: await exceptions.published() }),
})
const server = await aServer()
alertsRoutes(server, alerts)
exceptionRoutes(server, exceptions)
const ask = asker(server)
const officer = aCaller(1, ['supervision_officer'])
const cityOfficer = aCaller(2, ['supervision_officer'], '46.01')
const nextCity = aCaller(3, ['supervision_officer'], '46.02')
const approver = aCaller(4, ['rule_approver'])
const deputy = aCaller(5, ['deputy'])
const finance = aCaller(6, ['unit_finance'], '46.01.UU001')
const editor = aCaller(7, ['rule_editor'])
const person = '469999199001010017'

const withdraw = (id: string, day: string, given: Readonly<Record<string, string>> = {}) => {
  const row = {
    payment_id: id,
    unit_code: 'U001',
    paid_on: day,
    amount: '3000.00',
    settlement: 'cash',
    payee_kind: 'person',
    payee_name: '某某',
    payee_code: person,
    economic_code: '30399',
    payment_kind: 'ordinary',
    payment_state: 'paid',
    ...given,
  }
  return facts.insert('payment', Object.keys(row), [Object.values(row)])
}

async function run() {
  const outcomes = await runRules(facts, rules, { asOf: '2026-11-23', available: new Set(['payment']) })
  const record = {
    pack: 'fiscal',
    cause: 'demand',
    asOf: '2026-11-23',
    startedBy: systemCaller.userId,
    finishedAt: clock.now(),
  } as const
  await database.asCaller(systemCaller, (trx) => recordRun(trx, record, outcomes, (id) => `key:${id}`))
  return alerts.arrivals.takeAll()
}

const alertOf = async (payment: string) => {
  const [row] = await database.owner<{ alert_id: string }>(
    'select alert_id from alerts.alert where anchor = $1',
    [`payment_id=${payment}`],
  )
  return row?.alert_id
}

const wanted = {
  rule: 'ZF10',
  sameCounterparty: true,
  validTo: '2027-06-30',
  reason: '困难职工救助，按月发放。',
}
let alertId: string

beforeAll(async () => {
  await createCalendar({ database }).load()
  await placeUnits(database)
  await alerts.prepare()
  await withdraw('C1', '2026-11-02')
  await run()
  alertId = (await alertOf('C1'))!
})

test('only an alert that was judged normal becomes an exception', async () => {
  const early = await ask(officer, 'POST', `/api/v1/alerts/${alertId}/exceptions`, wanted)
  expect(early.body.code).toBe('exceptions.not_judged_normal')
  await ask(finance, 'POST', `/api/v1/unit-alerts/${alertId}/explanation`, { text: '救助款，附名册。' })
  const normal = { verdict: 'normal', reason: '手续齐全。' }
  expect((await ask(officer, 'POST', `/api/v1/alerts/${alertId}/judge`, normal)).status).toBe(200)
})

test('its scope comes from the hit, its last day is bounded, and without a unit it is the province and one payee', async () => {
  const propose = (caller: typeof officer, more: object) =>
    ask(caller, 'POST', `/api/v1/alerts/${alertId}/exceptions`, { ...wanted, ...more })
  expect((await propose(officer, { validTo: '2026-11-24' })).body.code).toBe('exceptions.period_unusable')
  expect((await propose(officer, { validTo: '2028-01-01' })).body.code).toBe('exceptions.period_unusable')
  expect((await propose(officer, { rule: 'ZF12' })).body.code).toBe('exceptions.rule_not_hit')
  const everywhere = { sameUnit: false, sameCounterparty: false, sameEconomicCode: true }
  expect((await propose(officer, everywhere)).body.code).toBe('exceptions.scope_too_wide')
  expect((await propose(cityOfficer, { sameUnit: false })).body.code).toBe('exceptions.scope_too_wide')
  expect((await propose(nextCity, {})).status).toBe(404)
  expect((await propose(finance, {})).status).toBe(403)
  expect((await propose(editor, {})).status).toBe(403)
})

test('who proposes does not approve; approved by another it suppresses later hits, which stay counted and visible', async () => {
  const { status, body: proposed } = await ask(
    officer,
    'POST',
    `/api/v1/alerts/${alertId}/exceptions`,
    wanted,
  )
  expect(status).toBe(201)
  expect(proposed).toMatchObject({
    standing: 'proposed',
    unitCode: 'U001',
    counterparty: '****0017',
    validFrom: '2026-11-02',
    number: 'LW2026000001',
  })
  const again = await ask(officer, 'POST', `/api/v1/alerts/${alertId}/exceptions`, wanted)
  expect(again.body.code).toBe('exceptions.already_proposed')
  const approve = (caller: typeof officer) =>
    ask(caller, 'POST', `/api/v1/exceptions/${proposed.exceptionId}/approve`, {
      approvalNo: '琼纪例〔2026〕1号',
    })
  expect((await approve(officer)).status).toBe(403)
  const both = { ...officer, roles: ['supervision_officer', 'deputy'] }
  expect((await approve(both)).body.code).toBe('exceptions.own_proposal')
  await expect(
    database.asCaller(both, (trx) =>
      trx
        .updateTable('alerts.exception' as never)
        .set({ state: 'approved', approval_no: '自批', decided_by: both.userId } as never)
        .execute(),
    ),
  ).rejects.toThrow()
  expect((await approve(approver)).body).toMatchObject({
    standing: 'in_force',
    approvalNo: '琼纪例〔2026〕1号',
  })

  await withdraw('C2', '2026-11-20')
  await withdraw('C3', '2026-11-20', { unit_code: 'U002' })
  expect(await run()).toMatchObject({ raised: 1 })
  expect(await alertOf('C2')).toBeUndefined()
  expect(await alertOf('C3')).toBeDefined()
  const { body: list } = await ask(deputy, 'GET', '/api/v1/exceptions?standing=in_force')
  // C1 itself lies in its days too: raised before, it stays an alert, and counts.
  expect(list.items).toMatchObject([{ number: 'LW2026000001', suppressed: 2 }])
  const { body: hidden } = await ask(officer, 'GET', '/api/v1/suppressed-hits')
  expect(hidden.total).toEqual({ count: 2, capped: false })
  expect(hidden.items[0]).toMatchObject({ rule: 'ZF10', exceptions: ['LW2026000001'], onDate: '2026-11-20' })
  expect(hidden.items[0].messageZh).toContain('收款人某**')
})

test('exceptions and what they suppress are seen within the own part of the tree, by whoever works on them', async () => {
  expect((await ask(cityOfficer, 'GET', '/api/v1/suppressed-hits')).body.items).toHaveLength(2)
  expect((await ask(nextCity, 'GET', '/api/v1/suppressed-hits')).body.items).toEqual([])
  expect((await ask(nextCity, 'GET', '/api/v1/exceptions')).body.items).toEqual([])
  expect((await ask(finance, 'GET', '/api/v1/exceptions')).status).toBe(403)
  expect((await ask(aCaller(8, ['system_admin']), 'GET', '/api/v1/suppressed-hits')).status).toBe(403)
})

test('past its last day it covers nothing', async () => {
  clock.set('2027-07-01T02:00:00Z')
  expect((await ask(officer, 'GET', '/api/v1/exceptions')).body.items).toMatchObject([
    { standing: 'expired' },
  ])
  await withdraw('C4', '2027-07-01')
  expect(await run()).toMatchObject({ raised: 1 })
  clock.set('2026-11-24T02:00:00Z')
})

test('annulled, what it suppressed is raised by the next run; each step stands in its history', async () => {
  const { body: list } = await ask(officer, 'GET', '/api/v1/exceptions')
  const { exceptionId } = list.items[0]
  const end = { reason: '名册系伪造。', annulled: true }
  expect((await ask(officer, 'POST', `/api/v1/exceptions/${exceptionId}/end`, end)).status).toBe(403)
  const { body } = await ask(deputy, 'POST', `/api/v1/exceptions/${exceptionId}/end`, end)
  expect(body).toMatchObject({ standing: 'annulled', suppressed: 0 })
  expect(body.events.map(({ kind }: { kind: string }) => kind)).toEqual(['proposed', 'approved', 'annulled'])
  await run()
  expect(await alertOf('C2')).toBeDefined()
})

test('ended, it still covers the records of its days', async () => {
  const { body: proposed } = await ask(officer, 'POST', `/api/v1/alerts/${alertId}/exceptions`, wanted)
  await ask(deputy, 'POST', `/api/v1/exceptions/${proposed.exceptionId}/approve`, { approvalNo: '琼纪例2号' })
  await ask(deputy, 'POST', `/api/v1/exceptions/${proposed.exceptionId}/end`, { reason: '不再发放。' })
  expect(await exceptions.published()).toMatchObject([{ valid_from: '2026-11-02', valid_to: '2026-11-23' }])
})
