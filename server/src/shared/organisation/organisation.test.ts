import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { systemCaller } from '#ground/database/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { ensureRegions, parseRegions, regionPath } from './regions.ts'
import { followRegister, syncUnits, unitPath } from './units.store.ts'

const database = await createTestDatabase()
const haikou = { userId: '01900000-0000-7000-8000-000000000001', scope: '46.01', roles: ['conduct_officer'] }
await database.asCaller(systemCaller, ensureRegions)

const unit = (unit_code: string, region_code: string, more = {}) => ({
  unit_code,
  unit_name: `单位${unit_code}`,
  region_code,
  valid_from: '2020-01-01',
  ...more,
})
await database.asCaller(systemCaller, (trx) =>
  syncUnits(trx, [unit('001', '460100'), unit('002', '460200'), unit('001-1', '460105')]),
)

test('the divisions that come along form one tree, and their paths are those of the code', async () => {
  const rows = await database.owner<{ region_code: string; org_path: string; parent_path: string | null }>(
    `select r.region_code, r.org_path, p.org_path as parent_path
     from organisation.region r left join organisation.region p on p.region_code = r.parent_code`,
  )
  expect(rows.length).toBeGreaterThan(270)
  for (const row of rows) {
    expect(row.org_path).toBe(regionPath(row.region_code))
    if (row.parent_path) expect(row.org_path.startsWith(`${row.parent_path}.`)).toBe(true)
    else expect(row.region_code).toBe('460000')
  }
  expect(regionPath('460105001')).toBe('46.01.05.001')
  expect(regionPath('460400499')).toBe('46.04.00.499')
})

test('a unit is seen from its own part of the tree only', async () => {
  const seen = await database.asCaller(haikou, (trx) =>
    sql<{ unit_code: string }>`select unit_code from organisation.v_unit order by 1`.execute(trx),
  )
  expect(seen.rows.map((row) => row.unit_code)).toEqual(['001', '001-1'])
})

test('a code that begins with the code of another unit does not lie below it', async () => {
  await database.asCaller(systemCaller, (trx) =>
    syncUnits(
      trx,
      ['009', '009-1', '009.1', '009/1', '009 1', '0091'].map((code) => unit(code, '460100')),
    ),
  )
  const inUnit = { ...haikou, scope: await database.asCaller(systemCaller, (trx) => unitPath(trx, '009')) }
  expect(inUnit.scope).toBe('46.01.U009')
  const seen = await database.asCaller(inUnit, (trx) =>
    sql<{ unit_code: string }>`select unit_code from organisation.unit`.execute(trx),
  )
  expect(seen.rows.map((row) => row.unit_code)).toEqual(['009'])
})

test('a renaming leaves history, loading again changes nothing, undoing takes it back', async () => {
  const versions = [
    unit('003', '460100', { valid_to: '2023-12-31' }),
    unit('003', '460200', { valid_from: '2024-01-01', unit_name: '新名称' }),
  ]
  const load = () => database.asCaller(systemCaller, (trx) => syncUnits(trx, versions))
  await load()
  await load()
  const kept = () =>
    database.owner(`select unit_name from organisation.unit where unit_code = '003' order by valid_from`)
  expect(await kept()).toEqual([{ unit_name: '单位003' }, { unit_name: '新名称' }])
  expect(await database.asCaller(systemCaller, (trx) => unitPath(trx, '003'))).toBe('46.02.U003')
  await database.asCaller(systemCaller, (trx) => followRegister(trx, [versions[0]!]))
  expect(await kept()).toEqual([{ unit_name: '单位003' }])
})

test('what is not registered lies at the province', async () => {
  expect(await database.asCaller(haikou, (trx) => unitPath(trx, '不存在'))).toBe('46')
})

test('only the system writes units; who has not said who he is reads nothing', async () => {
  await expect(
    database.asCaller({ ...haikou, roles: ['system_admin'] }, (trx) =>
      syncUnits(trx, [unit('004', '460100')]),
    ),
  ).rejects.toMatchObject({ code: '42501' })
  for (const table of ['region', 'unit', 'organ', 'post', 'v_unit']) {
    await expect(database.pool.query(`select * from organisation.${table}`)).rejects.toMatchObject({
      code: '42501',
    })
  }
})

test('a bad line of a file of divisions is named', () => {
  expect(() => parseRegions('code,name,parent\n460000,海南省,\n46O100,海口市,460000\n')).toThrow(/Line 3/)
})
