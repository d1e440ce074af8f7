import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '#ground/config/index.ts'
import { openKeyRing } from '#ground/crypto/index.ts'
import { systemCaller } from '#ground/database/index.ts'
import { quietLog } from '#ground/log/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { inSession, openDuckdb } from '#ground/warehouse/index.ts'
import { createTable, datasets } from '#shared/datasets/index.ts'
import { createServices, type Services } from './services.ts'

const database = await createTestDatabase()
const home = mkdtempSync(join(tmpdir(), 'qingfeng-register-'))
const clock = fakeClock('2026-11-24T02:00:00Z')
const warehouse = await openDuckdb({ path: join(home, 'facts.duckdb'), memoryMegabytes: 300 })
let services: Services

beforeAll(async () => {
  await inSession(warehouse.open, async (session) => {
    for (const dataset of datasets) await session.run(createTable(dataset))
  })
  services = await createServices({
    config: readConfig({ DATA_DIR: home, LOG_LEVEL: 'silent' }),
    clock,
    log: quietLog,
    keys: openKeyRing(join(home, 'keys'), 'default', () => clock.now()),
    connection: database.connection,
    database,
    warehouse,
  })
})
afterAll(() => warehouse.close())

const unit = (unit_name: string, valid_from: string, valid_to: string | null = null) => ({
  unit_code: '001',
  unit_name,
  region_code: '460100',
  valid_from,
  valid_to,
})
const inRegister = () =>
  inSession(warehouse.open, (session) =>
    session.rows(`select unit_name, cast(valid_from as varchar) as valid_from, cast(valid_to as varchar) as valid_to
      from unit order by valid_from`),
  )
const inTree = async () => {
  const { rows } = await database.asCaller(systemCaller, (trx) =>
    sql`select unit_name, valid_from, valid_to from organisation.unit order by valid_from`.execute(trx),
  )
  return rows
}

test('a change of a unit is in the register that rules join and in the tree, once, and can be undone', async () => {
  const csv = 'unit_code,unit_name,region_code,valid_from\n001,市水务局,460100,2020-01-01\n'
  const content = Readable.from([Buffer.from(csv)])
  const batch = await services.intake.check(systemCaller, 'unit', { name: 'unit.csv', content })
  await services.intake.load(systemCaller, batch.batchId, 'all')
  const renamed = [unit('市水务局', '2020-01-01', '2026-06-30'), unit('市水务管理局', '2026-07-01')]
  const write = () => services.organisation.unitRegister(renamed, 'c1')
  await write()
  const both = [
    { unit_name: '市水务局', valid_from: '2020-01-01', valid_to: '2026-06-30' },
    { unit_name: '市水务管理局', valid_from: '2026-07-01', valid_to: null },
  ]
  expect(await inRegister()).toEqual(both)
  expect(await inTree()).toEqual(both)
  await write()
  expect(await inTree()).toEqual(both)
  const { items } = await services.intake.list(systemCaller, { limit: 10 })
  expect(items.filter(({ posted }) => posted)).toHaveLength(1)
  await services.intake.undo(systemCaller, items.find(({ posted }) => posted)!.batchId)
  const first = [{ unit_name: '市水务局', valid_from: '2020-01-01', valid_to: null }]
  expect(await inRegister()).toEqual(first)
  expect(await inTree()).toEqual(first)
})

test('what the register would not take from a file it does not take from the console', async () => {
  const before = await inTree()
  const wrong = [{ ...unit('市水务局', '2026-07-01'), credit_code: '1146' }]
  await expect(services.organisation.unitRegister(wrong, 'c2')).rejects.toMatchObject({
    code: 'organisation.register_refused',
  })
  expect(await inTree()).toEqual(before)
})
