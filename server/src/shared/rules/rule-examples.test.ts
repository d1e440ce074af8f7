import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import {
  openDuckdb,
  openPostgresWarehouse,
  type Warehouse,
  type WarehouseSession,
} from '#ground/warehouse/index.ts'
import { loadPack } from './catalogue.ts'
import { openExampleSession, runExamples } from './examples.ts'

const rules = ['fiscal', 'invoices'].flatMap((pack) => loadPack(pack))

test('the packs are whole', () => {
  expect(rules.filter(({ pack }) => pack === 'fiscal')).toHaveLength(18)
  expect(rules.filter(({ pack }) => pack === 'invoices')).toHaveLength(12)
})

const engines: Readonly<Record<string, () => Promise<Warehouse>>> = {
  duckdb: () => openDuckdb({ path: ':memory:' }),
  postgres: () =>
    openPostgresWarehouse({
      connection: { host: inject('postgresSocket'), user: 'postgres', database: 'postgres' },
      schema: 'rule_examples',
    }),
}

describe.each(Object.keys(engines))('every example holds on %s', (engine) => {
  let warehouse: Warehouse
  let session: WarehouseSession
  beforeAll(async () => {
    warehouse = await engines[engine]!()
    session = await openExampleSession(warehouse)
  })
  afterAll(async () => {
    await session.close()
    await warehouse.close()
  })

  test.each(rules.map((rule) => [rule.code, rule] as const))('%s', async (_code, rule) => {
    const results = await runExamples(session, rule)
    expect(results.length).toBeGreaterThanOrEqual(rule.conditions.length * 4)
    expect(results.filter(({ faults }) => faults.length > 0)).toEqual([])
  })
})
