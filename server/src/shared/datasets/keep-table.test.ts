import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { openDuckdb, openPostgresWarehouse, type Warehouse } from '#ground/warehouse/index.ts'
import { createTable, datasetByName, keepTable } from './index.ts'

const host = inject('postgresSocket')
const name = `kept_${randomBytes(6).toString('hex')}`
const admin = async (statement: string) => {
  const client = new pg.Client({ host, user: 'postgres', database: 'postgres' })
  await client.connect()
  await client.query(statement)
  await client.end()
}
const opened: Warehouse[] = []
afterAll(async () => {
  for (const warehouse of opened) await warehouse.close()
  await admin(`drop database if exists ${name} with (force)`)
})

const stores: Readonly<Record<string, () => Promise<Warehouse>>> = {
  duckdb: () => openDuckdb({ path: ':memory:' }),
  postgres: async () => {
    await admin(`create database ${name}`)
    return openPostgresWarehouse({
      connection: { host, user: 'postgres', database: name },
      schema: 'warehouse',
    })
  },
}

describe.each(Object.keys(stores))('a table in %s', (store) => {
  test('of an earlier release gets the columns that it lacks, and keeps its rows', async () => {
    const warehouse = await stores[store]!()
    opened.push(warehouse)
    const session = await warehouse.open()
    const unit = datasetByName('unit')!
    const { kind: _kind, valid_to: _validTo, ...earlier } = unit.columns
    await session.run(createTable({ ...unit, columns: earlier }))
    await session.insert('unit', ['unit_code', 'unit_name', 'batch_id'], [['U1', '甲局', 'B1']])
    await keepTable(session, unit)
    await keepTable(session, unit)
    await session.insert(
      'unit',
      ['unit_code', 'unit_name', 'kind', 'batch_id'],
      [['U2', '乙局', 'organ', 'B2']],
    )
    expect(
      await session.rows('select unit_code, unit_name, kind, batch_id from unit order by unit_code'),
    ).toEqual([
      { unit_code: 'U1', unit_name: '甲局', kind: null, batch_id: 'B1' },
      { unit_code: 'U2', unit_name: '乙局', kind: 'organ', batch_id: 'B2' },
    ])
    await session.close()
  })

  test('that keeps more than its dataset is made with that', async () => {
    const session = await opened.at(-1)!.open()
    await keepTable(session, { ...datasetByName('unit')!, name: 'replaced_unit' }, ['replaced_by text'])
    expect(await session.rows('select unit_code, replaced_by from replaced_unit')).toEqual([])
    await session.close()
  })
})
