import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { inSession, openPostgresWarehouse } from '#ground/warehouse/index.ts'
import { createTable, datasets } from '#shared/datasets/index.ts'
import { createIntake } from './intake.service.ts'

const officer = {
  userId: '01900000-0000-7000-8000-000000000001',
  scope: '46',
  roles: ['information_officer'],
}

test('files go into a warehouse on PostgreSQL as they go into the embedded one', async () => {
  const database = await createTestDatabase()
  const warehouse = await openPostgresWarehouse({
    connection: database.connection.owner,
    schema: 'warehouse',
  })
  const folder = mkdtempSync(join(tmpdir(), 'qingfeng-intake-'))
  await inSession(warehouse.open, async (session) => {
    for (const dataset of datasets) await session.run(createTable(dataset))
  })
  const intake = createIntake({
    database,
    warehouse,
    clock: fakeClock('2026-03-02T01:00:00Z'),
    folder,
    allowDemo: false,
    memoryMegabytes: 300,
    onChanged: async () => {},
    onLoaded: () => {},
  })
  await intake.recover()
  const header = 'invoice_code,invoice_no,invoice_kind,issued_on,seller_name,total,invoice_state'
  const check = (rows: string) =>
    intake.check(officer, 'invoice', {
      name: 'invoice.csv',
      content: Readable.from([Buffer.from(`${header}\n${rows}`)]),
    })
  const stored = () =>
    inSession(warehouse.open, (session) =>
      session.rows('select invoice_no, seller_name, total from invoice order by invoice_no'),
    )

  const first = await check(
    '4600201130,10000001,roll,2026-01-05,"甲,店",100,normal\n,25462000000000000001,digital_ordinary,2026-01-05,乙店,200.5,normal\n',
  )
  expect(await intake.load(officer, first.batchId, 'all')).toMatchObject({ newRows: 2, changedRows: 0 })
  const second = await check(
    '4600201130,10000001,roll,2026-01-05,"甲,店",100,void\n,25462000000000000001,digital_ordinary,2026-01-05,乙店,200.5,normal\n,25462000000000000002,digital_ordinary,2026-01-06,丙店,-3,red\n',
  )
  expect(await intake.load(officer, second.batchId, 'all')).toMatchObject({
    newRows: 1,
    changedRows: 1,
    equalRows: 1,
  })
  expect(await stored()).toHaveLength(3)
  await intake.undo(officer, second.batchId)
  expect(await stored()).toEqual([
    { invoice_no: '10000001', seller_name: '甲,店', total: '100.00' },
    { invoice_no: '25462000000000000001', seller_name: '乙店', total: '200.50' },
  ])
  expect(readdirSync(folder).filter((name) => !name.endsWith('.csv'))).toEqual([])
  await warehouse.close()
})
