import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { inSession, openDuckdb, openPostgresWarehouse } from '#ground/warehouse/index.ts'
import { createTable, datasets } from '#shared/datasets/index.ts'
import { createIntake } from './intake.service.ts'

/** The information centre's officer, and somebody who has nothing to do with intake. For tests. */
export const officer = {
  userId: '01900000-0000-7000-8000-000000000001',
  scope: '46',
  roles: ['information_officer'],
}
export const stranger = {
  ...officer,
  userId: '01900000-0000-7000-8000-000000000002',
  roles: ['conduct_officer'],
}

/** An intake on stores of its own. */
export async function anIntake(
  database: Awaited<ReturnType<typeof createTestDatabase>>,
  engine: 'duckdb' | 'postgres' = 'duckdb',
) {
  const folder = mkdtempSync(join(tmpdir(), 'qingfeng-intake-'))
  const clock = fakeClock('2026-03-02T01:00:00Z')
  const warehouse =
    engine === 'duckdb'
      ? await openDuckdb({ path: join(folder, 'facts.duckdb') })
      : await openPostgresWarehouse({ connection: database.connection.owner, schema: 'warehouse' })
  await inSession(warehouse.open, async (session) => {
    for (const dataset of datasets) await session.run(createTable(dataset))
  })
  const open = async () => {
    const intake = createIntake({
      database,
      warehouse,
      clock,
      folder,
      allowDemo: false,
      memoryMegabytes: 300,
      onChanged: async () => {},
      onLoaded: () => {},
    })
    await intake.recover()
    return intake
  }
  return { folder, clock, warehouse, intake: await open(), open }
}
