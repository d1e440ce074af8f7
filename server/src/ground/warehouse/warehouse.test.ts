import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import { openDuckdb } from './duckdb-warehouse.ts'
import { openPostgresWarehouse } from './postgres-warehouse.ts'
import { TimeLimitError } from './warehouse.ts'

const engines = {
  duckdb: () => openDuckdb({ path: ':memory:' }),
  postgres: () =>
    openPostgresWarehouse({
      connection: { host: inject('postgresSocket'), user: 'postgres', database: 'postgres' },
      schema: 'warehouse_test',
    }),
}

describe.each(Object.keys(engines) as (keyof typeof engines)[])('on %s', (engine) => {
  test('rows come back as texts that lose nothing', async () => {
    const warehouse = await engines[engine]()
    const session = await warehouse.open()
    const rows = await session.rows(
      `select cast($amount as numeric(18,2)) as amount, cast($day as date) as on_day, cast(null as text) as none`,
      { amount: '9007199254740993.10', day: '2026-02-28', unused: 1 },
    )
    expect(rows).toEqual([{ amount: '9007199254740993.10', on_day: '2026-02-28', none: null }])
    await session.close()
    await warehouse.close()
  })

  test('a statement that takes too long is stopped, and the session goes on', async () => {
    const warehouse = await engines[engine]()
    const session = await warehouse.open()
    const endless = `with recursive n as (select cast(1 as bigint) as i union all select i + 1 from n where i < 100000000000)
      select count(*) as n from n`
    await expect(session.within(100, () => session.rows(endless))).rejects.toThrow(TimeLimitError)
    const stop = new AbortController()
    const stopped = session.within(60_000, () => session.rows(endless), stop.signal)
    stop.abort(new Error('no longer wanted'))
    await expect(stopped).rejects.toThrow('no longer wanted')
    expect(await session.rows('select 1 as one')).toMatchObject([{ one: expect.anything() }])
    await session.close()
    await warehouse.close()
  })

  test('a failed transaction leaves nothing, a view of the session shadows the table', async () => {
    const warehouse = await engines[engine]()
    const session = await warehouse.open()
    await session.run('create table thing (name text, n integer)')
    await session.insert(
      'thing',
      ['name', 'n'],
      [
        ["O'Neil", 1],
        [null, 2],
      ],
    )
    await expect(
      session.transaction(async () => {
        await session.run('delete from thing')
        throw new Error('stop')
      }),
    ).rejects.toThrow('stop')
    expect(await session.rows('select name, n from thing order by n')).toEqual([
      { name: "O'Neil", n: 1 },
      { name: null, n: 2 },
    ])
    await session.run(`create temp view thing as select * from ${session.stored('thing')} where n = 2`)
    expect(await session.rows('select n from thing')).toEqual([{ n: 2 }])
    await session.run(engine === 'duckdb' ? 'drop view temp.thing' : 'drop view pg_temp.thing')
    await session.run('drop table thing')
    await session.close()
    await warehouse.close()
  })

  test('a csv is loaded whole, and a broken one leaves nothing and does not harm the session', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qingfeng-load-'))
    const good = join(folder, 'good.csv')
    const bad = join(folder, 'bad.csv')
    writeFileSync(good, 'name,amount\n"quoted ""name"", 名",1.50\n,2.00\n')
    writeFileSync(bad, 'name,amount\na,1.50\nb,much\n')
    const warehouse = await engines[engine]()
    const session = await warehouse.open()
    await session.run('create table loaded (name text, amount numeric(18,2))')
    await session.loadCsv('loaded', ['name', 'amount'], good)
    await expect(session.loadCsv('loaded', ['name', 'amount'], bad)).rejects.toThrow(/much/)
    await expect(session.loadCsv('loaded', ['name', 'amount'], join(folder, 'none.csv'))).rejects.toThrow()
    expect(await session.rows('select name, amount from loaded order by amount')).toEqual([
      { name: 'quoted "name", 名', amount: '1.50' },
      { name: null, amount: '2.00' },
    ])
    await session.run('drop table loaded')
    await session.close()
    await warehouse.close()
    rmSync(folder, { recursive: true })
  })

  test('a parameter that was not given is named', async () => {
    const warehouse = await engines[engine]()
    const session = await warehouse.open()
    await expect(session.rows('select cast($limit as integer) as n', {})).rejects.toThrow(/\$limit/)
    await session.close()
    await warehouse.close()
  })
})

test('a copy of the embedded warehouse is whole, and writers wait for each other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'qingfeng-warehouse-'))
  const warehouse = await openDuckdb({ path: join(folder, 'facts.duckdb') })
  await warehouse.writing((session) =>
    session.run('create table thing as select range as n from range(1000)'),
  )
  const add = () =>
    warehouse.writing((session) => session.transaction(() => session.run('update thing set n = n + 1')))
  await Promise.all([add(), add(), add()])
  await warehouse.copyTo(join(folder, 'copy.duckdb'))
  await warehouse.close()
  const copy = await openDuckdb({ path: join(folder, 'copy.duckdb') })
  const session = await copy.open()
  expect(await session.rows('select cast(sum(n) as integer) as sum from thing')).toEqual([
    { sum: 999 * 500 + 3000 },
  ])
  await session.close()
  await copy.close()
  rmSync(folder, { recursive: true })
})
