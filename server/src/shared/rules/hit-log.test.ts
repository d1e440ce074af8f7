import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { systemCaller } from '#ground/database/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { openDuckdb } from '#ground/warehouse/index.ts'
import { loadPack } from './catalogue.ts'
import { openExampleSession } from './examples.ts'
import { takeDeliveries } from './hit-log.store.ts'
import { recordRun } from './hit-log.ts'
import { runRules } from './runner.ts'

const database = await createTestDatabase()
const warehouse = await openDuckdb({ path: ':memory:' })
const session = await openExampleSession(warehouse)
const rules = loadPack('fiscal').filter((rule) => ['ZF10', 'ZF12'].includes(rule.code))
const finishedAt = new Date('2026-03-31T10:00:00Z')
const person = '469999199001010017'
const columns = [
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
]
const pay = (id: string, day: string, amount: string, settlement: string) =>
  session.insert('payment', columns, [
    [id, 'U1', day, amount, settlement, 'person', person, '某某', 'ordinary', 'paid'],
  ])

async function run() {
  const outcomes = await runRules(session, rules, { asOf: '2026-03-31', available: new Set(['payment']) })
  const record = {
    pack: 'fiscal',
    cause: 'demand',
    asOf: '2026-03-31',
    startedBy: systemCaller.userId,
    finishedAt,
  } as const
  return database.asCaller(systemCaller, (trx) => recordRun(trx, record, outcomes, (id) => `key:${id}`))
}

const take = () =>
  database.asCaller(systemCaller, async (trx) => {
    await sql`create temporary table incoming_hit (like rules.hit) on commit drop`.execute(trx)
    await sql`alter table incoming_hit alter column hit_id type text, drop column parameters, drop column suppressed,
      drop column trial, drop column first_run, drop column last_run`.execute(trx)
    const order = sql`hit_id, pack, anchor, rule, rule_version, level, condition, unit_code, on_date, amount, counterparty,
      economic_code, keys, message_zh, message_en, evidence, evidence_hash, evidence_version, person_keys`
    await takeDeliveries(trx, 1000, order)
    const { rows } = await sql<{
      rule: string
      anchor: string
      evidence_version: number
      person_keys: string[]
    }>`
      select rule, anchor, evidence_version, person_keys from incoming_hit order by rule, anchor`.execute(trx)
    return rows
  })

test('a run adds its hits once, and running again adds none', async () => {
  await pay('P1', '2026-03-02', '60000.00', 'cash')
  expect(await run()).toMatchObject({ fresh: 2, changed: 0 })
  expect(await run()).toMatchObject({ fresh: 0, changed: 0 })
  expect(await database.owner('select count(*)::int as n from rules.hit_evidence')).toEqual([{ n: 2 }])
  expect(await database.owner('select count(*)::int as n from rules.run_rule')).toEqual([{ n: 4 }])
})

test('alerts take each version once, with the keys of the persons that it names', async () => {
  const taken = await take()
  expect(taken.map(({ rule, anchor, evidence_version }) => [rule, anchor, evidence_version])).toEqual([
    ['ZF10', 'payment_id=P1', 1],
    ['ZF12', 'payment_id=P1', 1],
  ])
  expect(taken[1]!.person_keys).toEqual([`key:${person}`])
  expect(await take()).toEqual([])
})

test('when what supports a hit changes, it gets a further version that is put up again', async () => {
  await pay('P0', '2026-03-01', '700.00', 'cash')
  expect(await run()).toMatchObject({ fresh: 0, changed: 2 })
  expect((await take()).map(({ anchor, evidence_version }) => [anchor, evidence_version])).toEqual([
    ['payment_id=P1', 2],
    ['payment_id=P1', 2],
  ])
  const versions = await database.owner<{ evidence_version: number }>(
    'select evidence_version from rules.hit_evidence order by 1',
  )
  expect(versions.map((row) => row.evidence_version)).toEqual([1, 1, 2, 2])
})

test('a hit that a white-list entry covers is counted and not put up', async () => {
  await session.run(`insert into rule_exception (exception_id, rule_code, unit_code, approval_no, valid_from, valid_to)
    values ('E1', 'ZF10', 'U2', '批准1号', date '2026-01-01', date '2026-12-31')`)
  await session.insert('payment', columns, [
    ['P9', 'U2', '2026-03-02', '5000.00', 'cash', 'organisation', null, '某商店', 'ordinary', 'paid'],
  ])
  expect(await run()).toMatchObject({ fresh: 1 })
  expect(await take()).toEqual([])
  const [row] = await database.owner("select suppressed from rules.hit where anchor = 'payment_id=P9'")
  expect(row).toEqual({ suppressed: true })
})

test('of the hit log the office sees what exceptions suppress, and nobody but the system sees the rest', async () => {
  const seenBy = (scope: string, role: string) => {
    const caller = { userId: '01900000-0000-7000-8000-000000000001', scope, roles: [role] }
    return database.asCaller(caller, (trx) =>
      trx.selectFrom('rules.hit').select(['anchor', 'suppressed']).execute(),
    )
  }
  expect(await seenBy('46', 'conduct_officer')).toEqual([{ anchor: 'payment_id=P9', suppressed: true }])
  for (const role of ['unit_finance', 'unit_head', 'system_admin', 'information_officer', 'petition_clerk'])
    expect(await seenBy('46', role)).toEqual([])
  expect(await seenBy('46.01.UU2', 'conduct_officer')).toEqual([])
})
