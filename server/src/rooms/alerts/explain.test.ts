import { beforeAll, expect, test } from 'vitest'
import { systemCaller } from '#ground/database/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { openDuckdb } from '#ground/warehouse/index.ts'
import { createCalendar } from '#shared/calendar/index.ts'
import {
  createComposedRules,
  loadPack,
  openExampleSession,
  type Rule,
  recordRun,
  runRules,
  shippedRules,
  takeDeliveries,
} from '#shared/rules/index.ts'
import { aCaller, aServer, asker, noFiles, placeUnits } from './alerts.builders.ts'
import { alertsRoutes } from './alerts.routes.ts'
import { createAlerts } from './alerts.ts'
import { explainRoutes } from './explain.routes.ts'
import { createExplaining } from './explain.service.ts'
import { incomingColumns } from './hit-feed.ts'
import { readPackPolicies } from './packs.service.ts'

const database = await createTestDatabase()
const clock = fakeClock('2026-11-24T02:00:00Z')
const warehouse = await openDuckdb({ path: ':memory:' })
const facts = await openExampleSession(warehouse)
const policies = readPackPolicies(shippedRules)
const wanted = ['ZF10', 'ZF13', 'ZF18']
const shipped = loadPack('fiscal').filter((rule) => wanted.includes(rule.code))
let inForce: readonly Rule[] = shipped
const alerts = createAlerts({
  database,
  clock,
  policies,
  files: noFiles,
  feed: { takeInto: (trx, limit) => takeDeliveries(trx, limit, incomingColumns) },
})
const explaining = createExplaining({ database, warehouse, clock, policies, rulesOf: async () => inForce })
const server = await aServer()
alertsRoutes(server, alerts)
explainRoutes(server, explaining)
const ask = asker(server)
const officer = aCaller(1, ['supervision_officer'])
const elsewhere = aCaller(2, ['supervision_officer'], '46.02')
const finance = aCaller(3, ['unit_finance'], '46.01.UU001')
const otherFinance = aCaller(4, ['unit_finance'], '46.02.UU002')
const administrator = aCaller(5, ['system_admin'])
const official = '469999197001010011'

const payment = (given: Readonly<Record<string, string | null>>) => {
  const row = {
    payment_id: 'P1',
    unit_code: 'U001',
    paid_on: '2026-11-02',
    amount: '30000.00',
    settlement: 'transfer',
    payee_name: '海滨物资有限公司',
    payee_account: '6222000000001234',
    payee_kind: 'organisation',
    payee_code: 'E1',
    economic_code: '30218',
    purpose: '印刷费',
    payment_kind: 'ordinary',
    payment_state: 'paid',
    ...given,
  }
  return facts.insert('payment', Object.keys(row), [Object.values(row)])
}

async function runAll(rules: readonly Rule[] = shipped): Promise<void> {
  const available = new Set([
    'payment',
    'payee_account',
    'enterprise',
    'shareholder',
    'payroll',
    'watch_person',
    'watch_relative',
  ])
  const outcomes = await runRules(facts, rules, { asOf: '2026-11-23', available })
  expect(outcomes.map(({ state }) => state)).toEqual(rules.map(() => 'ok'))
  const run = {
    pack: 'fiscal',
    cause: 'demand',
    asOf: '2026-11-23',
    startedBy: systemCaller.userId,
    finishedAt: clock.now(),
  } as const
  await database.asCaller(systemCaller, (trx) => recordRun(trx, run, outcomes, (id) => `key:${id}`))
  await alerts.arrivals.takeAll()
}

async function alertOf(rule: string): Promise<string> {
  const [row] = await database.owner<{ alert_id: string }>(
    'select alert_id from alerts.alert_hit where rule = $1',
    [rule],
  )
  return row!.alert_id
}

async function explained(rule: string, caller = officer) {
  const { body } = await ask(caller, 'GET', `/api/v1/alerts/${await alertOf(rule)}/explain`)
  return body.hits.find((hit: { rule: string }) => hit.rule === rule)
}

beforeAll(async () => {
  await createCalendar({ database }).load()
  await placeUnits(database)
  await alerts.prepare()
  await payment({ payment_id: 'S1' })
  await payment({ payment_id: 'S2', paid_on: '2026-11-03', amount: '25000.50' })
  await payment({ payment_id: 'C1', settlement: 'cash', amount: '1500.00', payee_account: null })
  await payment({ payment_id: 'K1', payee_code: 'E9', payee_account: '6222000000009999', amount: '800.00' })
  await facts.run(`insert into enterprise (credit_code, enterprise_name, legal_rep_name, legal_rep_id, established_on,
    enterprise_state, valid_from) values ('E9', '某某商行', '林某', '${official}', '2015-01-01', 'active', '2015-01-01')`)
  await facts.run(`insert into watch_person (person_id, person_name, unit_code, valid_from)
    values ('${official}', '林某', 'U001', '2020-01-01')`)
  await runAll()
})

test('a hit names its condition with its values against the thresholds, and the rows that made its sum', async () => {
  const hit = await explained('ZF13')
  expect(hit.office).toMatchObject({
    outcome: 'agrees',
    sameRule: true,
    differences: [],
    runOn: '2026-11-23',
  })
  const told = hit.comparisons.map(
    ({ left, relation, right }: { left: { value: string }; relation: string; right: { value: string } }) =>
      `${left.value} ${relation} ${right.value}`,
  )
  expect(told).toEqual(['55000.50 >= 50000', '30000.00 < 50000', '2 >= 2'])
  expect(hit.contributing).toMatchObject({ sum: '55000.50', stated: '55000.50', agrees: true })
  expect(hit.contributing.rows.map((row: { payment_id: string }) => row.payment_id)).toEqual(['S1', 'S2'])
  expect(hit.reading.zh).toContain('在3日内')
})

test('a register record that decided is shown with its validity, personal data masked until a reason is given', async () => {
  const hit = await explained('ZF18')
  const shown = Object.fromEntries(
    hit.office.registers.map(({ dataset, rows }: { dataset: string; rows: object[] }) => [dataset, rows]),
  )
  expect(shown.watch_person).toMatchObject([{ person_id: '****0011', valid_from: '2020-01-01' }])
  expect(shown.enterprise).toMatchObject([{ legal_rep_name: '林**', valid_from: '2015-01-01' }])
  expect(shown.payroll).toEqual([])
  expect(JSON.stringify(hit)).not.toContain(official)
  const id = await alertOf('ZF18')
  const clear = await ask(officer, 'POST', `/api/v1/alerts/${id}/explain`, { reason: '核对身份。' })
  expect(clear.text).toContain(official)
  const [entry] = await database.owner<{ purpose: string }>(
    "select purpose from audit.entry where action = 'alerts.unmask'",
  )
  expect(entry).toEqual({ purpose: '核对身份。' })
})

test('facts that have changed since are told value by value, and facts that are gone', async () => {
  await facts.run("update payment set amount = 29000.50 where payment_id = 'S2'")
  const changed = await explained('ZF13')
  expect(changed.office.outcome).toBe('differs')
  expect(changed.office.differences).toContainEqual(
    expect.objectContaining({ name: 'amount', stored: '55000.50', now: '59000.50' }),
  )
  expect(changed.contributing).toMatchObject({ sum: '59000.50', stated: '55000.50', agrees: false })
  await facts.run("update payment set payment_state = 'returned' where payment_id = 'S2'")
  expect((await explained('ZF13')).office.outcome).toBe('gone')
  await facts.run("update payment set amount = 25000.50, payment_state = 'paid' where payment_id = 'S2'")
  expect((await explained('ZF13')).office.outcome).toBe('agrees')
})

test("a rule whose text is another one since is said to be so, and today's is run with the pinned values", async () => {
  inForce = shipped.map((rule) => ({
    ...rule,
    version: 'another',
    parameters: rule.parameters.map((definition) =>
      definition.name === 'authorisation_limit' ? { ...definition, default: 90000 } : definition,
    ),
  }))
  const hit = await explained('ZF13')
  inForce = shipped
  expect(hit.office).toMatchObject({ outcome: 'agrees', sameRule: false })
})

test('the unit learns nothing of undisclosed rules, of registers or of how its alert is worked out', async () => {
  const hidden = await alertOf('ZF18')
  expect((await ask(finance, 'GET', `/api/v1/unit-alerts/${hidden}/explain`)).status).toBe(404)
  const id = await alertOf('ZF13')
  const { status, body, text } = await ask(finance, 'GET', `/api/v1/unit-alerts/${id}/explain`)
  expect(status).toBe(200)
  expect(body.hits).toMatchObject([{ rule: 'ZF13', office: null, contributing: { sum: '55000.50' } }])
  expect(text).not.toContain('6222000000001234')
})

test('nobody explains an alert that he may not see', async () => {
  const id = await alertOf('ZF13')
  expect((await ask(elsewhere, 'GET', `/api/v1/alerts/${id}/explain`)).status).toBe(404)
  expect((await ask(finance, 'GET', `/api/v1/alerts/${id}/explain`)).status).toBe(403)
  expect((await ask(administrator, 'GET', `/api/v1/alerts/${id}/explain`)).status).toBe(403)
  expect((await ask(otherFinance, 'GET', `/api/v1/unit-alerts/${id}/explain`)).status).toBe(404)
  const within = { ...finance, roles: ['unit_finance', 'supervision_officer'] }
  expect((await ask(within, 'GET', `/api/v1/alerts/${id}/explain`)).status).toBe(404)
})

test('the ladder of an open term stands with its days, and the row of the table that made the level', async () => {
  const { body } = await ask(officer, 'GET', `/api/v1/alerts/${await alertOf('ZF13')}/explain`)
  expect(
    body.ladder.map(({ step, onDate }: { step: string; onDate: string }) => `${step} ${onDate}`),
  ).toEqual([
    'reminder 2026-11-26',
    'overdue 2026-11-30',
    'slip 2026-12-02',
    'escalate 2026-12-04',
    'escalate 2026-12-11',
  ])
  expect(body.grading.filter(({ decided }: { decided: boolean }) => decided)).toMatchObject([
    { level: 'yellow' },
  ])
  expect(body.unit).toMatchObject({ unitCode: 'U001', unitName: '甲局' })
})

test('a hit of a composed rule is explained by the version that found it, also when a newer one is in force', async () => {
  const composed = createComposedRules({ database, clock, connection: database.connection })
  const editor = aCaller(6, ['rule_editor'], '46')
  const approver = aCaller(7, ['rule_approver'], '46')
  const example = (zh: string, amount: string, hit: boolean) => ({
    name: { zh, en: zh },
    record: { amount, purpose: '会议' },
    hit,
  })
  const content = (least: string) => ({
    dataset: 'payment',
    title: { zh: '大额会议费', en: 'Large meeting expenses' },
    level: 'yellow' as const,
    query: {
      combinator: 'and' as const,
      rules: [
        { field: 'amount', operator: '>=' as const, value: least },
        { field: 'purpose', operator: 'contains' as const, value: '会议' },
      ],
    },
    message: { zh: '疑似大额会议费{amount}元。', en: 'Suspected: meeting expenses of {amount} yuan.' },
    basis: [{ zh: '会议费管理办法', en: 'Rules on meeting expenses', certainty: 'practice' as const }],
    examples: [
      example('四万', '40000', true),
      example('五万', '50000', true),
      example('一元', '1', false),
      example('十元', '10', false),
    ],
  })
  const [drafted] = await composed.compose(editor, content('20000'))
  const code = drafted!.code
  await composed.propose(editor, code, '近期会议费偏高')
  await composed.approve(approver, code, 1, null)
  await payment({
    payment_id: 'M1',
    amount: '21000.00',
    purpose: '年度会议',
    payee_account: '6222000000007777',
  })
  const [first] = await composed.running()
  await runAll([first!.rule])
  await composed.redraft(editor, code, content('30000'))
  await composed.propose(editor, code, '提高起点')
  await composed.approve(approver, code, 2, null)
  const versions = await database.asCaller(systemCaller, (trx) => composed.runnable(trx))
  inForce = versions.toSorted((one, other) => other.version - one.version).map(({ rule }) => rule)
  const hit = await explained(code)
  inForce = shipped
  expect(hit.office).toMatchObject({ outcome: 'agrees', sameRule: true, differences: [] })
})
