import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { type Caller, systemCaller } from '#ground/database/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { openDuckdb } from '#ground/warehouse/index.ts'
import { ensureRegions, syncUnits } from '#shared/organisation/index.ts'
import { loadPack } from './catalogue.ts'
import { approver, officer, someRules, unitFinance } from './configuration.builders.ts'
import type { RuleMode } from './configuration.schema.ts'
import { openExampleSession } from './examples.ts'
import { recordRun } from './hit-log.ts'
import { runRules } from './runner.ts'

const database = await createTestDatabase()
const warehouse = await openDuckdb({ path: ':memory:' })
const session = await openExampleSession(warehouse)
const rules = loadPack('fiscal').filter(({ code }) => ['ZF10', 'ZF12'].includes(code))
const { pages } = await someRules(database)
const unit = {
  unit_code: 'U1',
  unit_name: '市农业局',
  region_code: '460100',
  valid_from: '2020-01-01',
  kind: 'organ',
}
await database.asCaller(systemCaller, async (trx) => {
  await ensureRegions(trx)
  await syncUnits(trx, [unit])
})

const pay = (id: string, amount: string) =>
  session.insert(
    'payment',
    [
      'payment_id',
      'unit_code',
      'paid_on',
      'amount',
      'settlement',
      'payee_kind',
      'payee_code',
      'payee_name',
      'payment_kind',
      'payment_state',
    ],
    [
      [
        id,
        'U1',
        '2026-03-02',
        amount,
        'transfer',
        'person',
        '469999199001010017',
        '某某',
        'ordinary',
        'paid',
      ],
    ],
  )

async function run(mode: RuleMode) {
  const asOf = '2026-03-31'
  const outcomes = await runRules(session, rules, {
    asOf,
    available: new Set(['payment']),
    modes: { ZF12: mode },
    versions: { ZF12: 3 },
  })
  const record = { pack: 'fiscal', cause: 'demand', asOf, startedBy: systemCaller.userId } as const
  await database.asCaller(systemCaller, (trx) =>
    recordRun(
      trx,
      { ...record, finishedAt: new Date('2026-03-31T10:00:00Z') },
      outcomes,
      (id) => `key:${id}`,
    ),
  )
  return outcomes.map(({ rule, hits }) => [rule.code, hits.length])
}

/** What waits for the alerts; taken away, as they would. */
const delivered = () =>
  database.asCaller(systemCaller, async (trx) => {
    const { rows } = await sql<{ anchor: string; version: number }>`
      with taken as (delete from rules.hit_delivery returning *)
      select anchor, evidence_version as version from taken join rules.hit using (hit_id, evidence_version) order by anchor`.execute(
      trx,
    )
    return rows.map(({ anchor, version }) => [anchor, version])
  })
const found = (caller: Caller) => pages.trialHits(caller, 'ZF12', { limit: 50 })

test('what a rule finds on trial is kept and counted, and reaches no alert', async () => {
  await pay('P1', '60000.00')
  expect(await run('trial')).toEqual([
    ['ZF10', 0],
    ['ZF12', 1],
  ])
  expect(await delivered()).toEqual([])
  const { items } = await found(officer)
  expect(items).toMatchObject([
    { level: 'yellow', condition: 'single', unitCode: 'U1', unitName: '市农业局', amount: '60000.00' },
  ])
  expect(Object.keys(items[0]!.evidence)).toEqual(['purpose', 'month', 'month_sum', 'conditions'])
  const row = (await pages.list(approver)).find(({ code }) => code === 'ZF12')
  expect(row).toMatchObject({
    trialHits: 1,
    lastRun: { state: 'ok', mode: 'trial', configuration: 3, hits: 1 },
  })
})

test('hits on trial are seen within one’s own part of the tree, never by the unit, and each look is on record', async () => {
  expect((await found({ ...officer, scope: '46.01' })).items).toHaveLength(1)
  expect((await found({ ...officer, scope: '46.02' })).items).toEqual([])
  expect((await found(unitFinance)).items).toEqual([])
  const [log] = await database.owner<{ n: number }>(
    "select count(*)::int as n from audit.entry where action = 'rules.read_trial_hits'",
  )
  expect(log!.n).toBe(4)
})

test('when the rule goes live the hits that it finds again are put up, once', async () => {
  await run('live')
  expect(await delivered()).toEqual([['payment_id=P1', 2]])
  await run('live')
  expect(await delivered()).toEqual([])
  expect((await found(officer)).items).toEqual([])
})

test('a rule that goes on trial leaves what the alerts have, and puts up nothing new', async () => {
  await pay('P2', '70000.00')
  await run('trial')
  expect(await delivered()).toEqual([])
  expect((await found(officer)).items.map(({ amount }) => amount)).toEqual(['70000.00'])
})

test('a rule that is off does not run', async () => {
  expect(await run('off')).toEqual([['ZF10', 0]])
})

test('not computable is told apart from no hit, with what is missing', async () => {
  const outcomes = await runRules(session, rules, { asOf: '2026-03-31', available: new Set() })
  const record = {
    pack: 'fiscal',
    cause: 'schedule',
    asOf: '2026-03-31',
    startedBy: systemCaller.userId,
  } as const
  await database.asCaller(systemCaller, (trx) =>
    recordRun(trx, { ...record, finishedAt: new Date('2026-04-01T10:00:00Z') }, outcomes, String),
  )
  const row = (await pages.list(officer)).find(({ code }) => code === 'ZF10')
  expect(row!.lastRun).toMatchObject({ state: 'not_computable', missing: [{ name: 'payment' }], hits: 0 })
})
