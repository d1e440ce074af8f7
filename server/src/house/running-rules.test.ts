import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from '#ground/config/index.ts'
import { openKeyRing } from '#ground/crypto/index.ts'
import type { Caller } from '#ground/database/index.ts'
import { quietLog } from '#ground/log/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { inSession, openDuckdb } from '#ground/warehouse/index.ts'
import { createTable, datasets } from '#shared/datasets/index.ts'
import type { House } from './house.ts'
import { runPack } from './rule-runs.ts'
import { createServices } from './services.ts'

const database = await createTestDatabase()
const home = mkdtempSync(join(tmpdir(), 'qingfeng-running-'))
const clock = fakeClock('2026-11-24T02:00:00Z')
const warehouse = await openDuckdb({ path: join(home, 'facts.duckdb'), memoryMegabytes: 300 })
await inSession(warehouse.open, async (session) => {
  for (const dataset of datasets) await session.run(createTable(dataset))
})
const stores = {
  config: readConfig({ DATA_DIR: home, LOG_LEVEL: 'silent' }),
  clock,
  log: quietLog,
  keys: openKeyRing(join(home, 'keys'), 'default', () => clock.now()),
  connection: database.connection,
  database,
  warehouse,
}
const house = { ...stores, ...(await createServices(stores)) } as unknown as House
afterAll(async () => {
  await house.rules.close()
  await warehouse.close()
  rmSync(home, { recursive: true, force: true })
})

const person = (last: number, role: string): Caller => ({
  userId: `01900000-0000-7000-8000-00000000000${last}`,
  scope: '46',
  roles: [role],
})
const editor = person(1, 'rule_editor')
const approver = person(2, 'rule_approver')

const example = (zh: string, record: Record<string, string>, hit: boolean) => ({
  name: { zh, en: `example ${zh}` },
  record,
  hit,
})

async function runFiscal() {
  await runPack(house, 'fiscal', { asOf: '2026-11-24', cause: 'demand' })
  const hits = await database.owner("select rule, trial from rules.hit where rule like 'ZD%'")
  const alerts = await database.owner("select main_rule from alerts.alert where 'ZD01' = any (rules)")
  return { hits, alerts: alerts.length }
}

test('a composed rule on trial is run and counted with its pack; in force it raises alerts; ended it runs no more', async () => {
  await inSession(warehouse.open, (session) =>
    session.insert(
      'payment',
      [
        'payment_id',
        'unit_code',
        'paid_on',
        'amount',
        'settlement',
        'purpose',
        'payment_kind',
        'payment_state',
      ],
      [
        ['P1', 'U1', '2026-11-02', '88000.00', 'transfer', '会议场租', 'ordinary', 'paid'],
        ['P2', 'U1', '2026-11-02', '88000.00', 'transfer', '会议场租', 'ordinary', 'void'],
      ],
    ),
  )
  await house.composedRules.compose(editor, {
    dataset: 'payment',
    title: { zh: '大额会议费', en: 'Large meeting expenses' },
    level: 'yellow',
    query: {
      combinator: 'and',
      rules: [
        { field: 'amount', operator: '>=', value: '20000' },
        { field: 'purpose', operator: 'contains', value: '会议' },
      ],
    },
    message: { zh: '支付{amount}元，疑似大额会议费。', en: '{amount} yuan, suspected.' },
    basis: [{ zh: '会议费管理办法', en: 'Rules on meeting expenses', certainty: 'practice' }],
    examples: [
      example('两万', { amount: '20000', purpose: '会议' }, true),
      example('三万', { amount: '30000', purpose: '会议' }, true),
      example('一万', { amount: '10000', purpose: '会议' }, false),
      example('采购', { amount: '30000', purpose: '采购' }, false),
    ],
  })
  expect((await runFiscal()).hits).toEqual([])
  await house.composedRules.propose(editor, 'ZD01', '近期会议费偏高')
  expect(await runFiscal()).toEqual({ hits: [{ rule: 'ZD01', trial: true }], alerts: 0 })
  await house.composedRules.approve(approver, 'ZD01', 1, null)
  expect(await runFiscal()).toEqual({ hits: [{ rule: 'ZD01', trial: false }], alerts: 1 })
  await house.composedRules.end(approver, 'ZD01', 1, '规定已经废止')
  await runFiscal()
  const [last] = await database.owner(`select count(*)::int as n from rules.run_rule where rule = 'ZD01'`)
  expect(last).toEqual({ n: 2 })
})

test('how amounts lie in the province is told to those only who see all of it', async () => {
  const officer = person(3, 'supervision_officer')
  const ofCity = { ...officer, scope: '46.01' }
  expect((await house.rules.pages.distribution(officer, 'ZF12'))?.parameter).toBe('single_limit')
  expect((await house.rules.pages.detail(officer, 'ZF12')).threshold).toBe('single_limit')
  expect(await house.rules.pages.distribution(ofCity, 'ZF12')).toBeUndefined()
  expect((await house.rules.pages.detail(ofCity, 'ZF12')).threshold).toBeNull()
})
