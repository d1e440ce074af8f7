import { afterAll, expect, test } from 'vitest'
import { type Caller, systemCaller } from '#ground/database/index.ts'
import { createHttpServer } from '#ground/http/index.ts'
import { quietLog } from '#ground/log/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { isPermission, may } from '#shared/permissions/index.ts'
import { approver, editor, limitsOf, officer, someRules, unitFinance } from './configuration.builders.ts'
import { proposalsRoutes } from './proposals.routes.ts'
import { shippedKeywords } from './reference-relations.ts'
import { rulesRoutes } from './rules.routes.ts'

const database = await createTestDatabase()
const rules = await someRules(database)
let caller: Caller = systemCaller
const server = await createHttpServer({
  log: quietLog,
  authority: { authenticate: async () => caller, isPermission, may, onRefused: async () => {} },
})
rulesRoutes(server, rules)
proposalsRoutes(server, rules)
afterAll(() => rules.close())

async function as(who: Caller, method: 'GET' | 'POST', url: string, payload?: object) {
  caller = who
  const answer = await server.inject({ method, url, ...(payload ? { payload } : {}) })
  return { status: answer.statusCode, body: answer.json() }
}
const administrator = { ...officer, roles: ['system_admin'] }

test('offices read rules; units and administrators are refused everywhere', async () => {
  const addresses = [
    '/api/v1/rules',
    '/api/v1/rules/ZF12',
    '/api/v1/rules/ZF12/trial-hits',
    '/api/v1/keyword-groups',
    '/api/v1/decision-tables',
    '/api/v1/rule-proposals',
  ]
  for (const address of addresses) {
    expect([address, (await as(officer, 'GET', address)).status]).toEqual([address, 200])
    expect((await as(unitFinance, 'GET', address)).status).toBe(403)
    expect((await as(administrator, 'GET', address)).status).toBe(403)
  }
  expect((await as(officer, 'GET', '/api/v1/rules/ZF99')).body).toMatchObject({ code: 'rules.not_found' })
})

test('a rule is shown whole: basis, text, values with bounds, examples with their rows', async () => {
  const { body } = await as(editor, 'GET', '/api/v1/rules/ZF12')
  expect(body).toMatchObject({
    mode: 'live',
    version: 0,
    basis: [{ certainty: 'practice' }],
    parameters: [
      { name: 'single_limit', unit: '元', min: 1000, max: 10000000, value: 50000, default: 50000 },
      {},
      {},
    ],
    versions: [{ version: 0, validTo: null }],
    runs: [],
    lastRun: null,
  })
  expect(body.sql).toContain('$single_limit')
  expect(body.examples[0].given.payment[0].payment_id).toBeDefined()
  expect((await as(officer, 'GET', '/api/v1/rules')).body).toHaveLength(30)
})

test('only the editor proposes, only the approver decides', async () => {
  expect((await as(officer, 'POST', '/api/v1/rule-proposals', limitsOf(60000))).status).toBe(403)
  expect((await as(approver, 'POST', '/api/v1/rule-proposals', limitsOf(60000))).status).toBe(403)
  const filed = await as(editor, 'POST', '/api/v1/rule-proposals', limitsOf(60000))
  expect(filed.status).toBe(201)
  const at = `/api/v1/rule-proposals/${filed.body.proposalId}`
  expect((await as(editor, 'POST', `${at}/approve`, {})).status).toBe(403)
  expect((await as(officer, 'POST', `${at}/approve`, {})).status).toBe(403)
  expect((await as(approver, 'POST', `${at}/reject`, {})).status).toBe(400)
  expect((await as(officer, 'GET', '/api/v1/rules/ZF12')).body.waiting).toBe(filed.body.proposalId)
  expect((await as(approver, 'POST', `${at}/approve`, {})).body).toMatchObject({
    state: 'approved',
    version: 1,
  })
  expect((await as(officer, 'GET', '/api/v1/rules/ZF12')).body).toMatchObject({
    version: 1,
    waiting: null,
    parameters: [{ value: 60000, default: 50000 }, {}, {}],
  })
  expect((await as(officer, 'GET', at)).body.state).toBe('approved')
})

test('every act is on record with its reason', async () => {
  const acts = await database.owner(
    "select action, object_id, purpose from audit.entry where action like 'rules.%pro%' order by 1 desc",
  )
  expect(acts).toEqual([
    { action: 'rules.propose', object_id: 'ZF12', purpose: '省厅发文调整大额标准' },
    { action: 'rules.approve', object_id: 'ZF12', purpose: null },
  ])
})

test('a line that is typed in is judged by the keyword rule itself', async () => {
  const tryLine = async (body: object) => (await as(editor, 'POST', '/api/v1/keyword-groups/try', body)).body
  expect(await tryLine({ itemName: '*烟草制品*卷烟 硬中华' })).toMatchObject([
    { group: 'tobacco', outcome: 'hit', level: 'red', condition: 'prohibited', stops: [] },
  ])
  expect(await tryLine({ itemName: '厨房油烟机' })).toMatchObject([
    {
      group: 'tobacco',
      outcome: 'cancelled',
      stops: [
        { group: 'tobacco', word: '油烟' },
        { group: 'tobacco', word: '油烟机' },
        { group: 'tobacco', word: '烟机' },
        { group: 'broad', word: '!机$' },
      ],
    },
  ])
  expect(await tryLine({ itemName: '复印纸' })).toEqual([])
})

test('a drafted group is tried in place of the one in force', async () => {
  const { code, ...tobacco } = shippedKeywords().groups.find((group) => group.code === 'tobacco')!
  const draft = { object: code, content: { ...tobacco, keywords: [...tobacco.keywords, '钻石荷花'] } }
  const line = { itemName: '钻石荷花（细支）' }
  expect((await as(editor, 'POST', '/api/v1/keyword-groups/try', line)).body).toEqual([])
  expect((await as(editor, 'POST', '/api/v1/keyword-groups/try', { ...line, draft })).body).toMatchObject([
    { group: 'tobacco', outcome: 'hit' },
  ])
})

test('the numbers of a run are of the whole province: who sees a part of it learns only how the run went', async () => {
  await database.owner(
    `with run as (insert into rules.run (pack, cause, as_of, started_by, finished_at, milliseconds)
        values ('fiscal', 'demand', '2026-11-24', $1, now(), 1) returning run_id)
      insert into rules.run_rule (run_id, rule, rule_version, parameters, state, missing, rows_read, hits, suppressed,
        milliseconds) select run_id, 'ZF12', 'v1', '{}', 'ok', '{}', 5000, 17, 2, 1 from run`,
    [systemCaller.userId],
  )
  const city = { ...officer, scope: '46.01' }
  for (const [who, rowsRead, hits, suppressed] of [
    [officer, 5000, 17, 2],
    [city, null, null, null],
  ] as const) {
    const numbers = { state: 'ok', rowsRead, hits, suppressed }
    const { body } = await as(who, 'GET', '/api/v1/rules/ZF12')
    expect(body).toMatchObject({ lastRun: numbers, runs: [numbers] })
    const list = (await as(who, 'GET', '/api/v1/rules')).body as { code: string; lastRun: object }[]
    expect(list.find(({ code }) => code === 'ZF12')!.lastRun).toMatchObject(numbers)
  }
})
