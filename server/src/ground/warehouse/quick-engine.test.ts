import { expect, test } from 'vitest'
import { copyRows } from './copy-rows.ts'
import { openDuckdb } from './duckdb-warehouse.ts'
import { openQuickEngine } from './quick-engine.ts'

test('a plan made over empty tables answers for the rows that are there when it runs', async () => {
  const engine = await openQuickEngine({ memoryMegabytes: 100 })
  await engine.session.run('create table fact (x integer, y text)')
  await engine.session.run('create table register (x integer, name text)')
  const joined = await engine.prepare(`select f.x, r.name from fact f join register r on r.x = f.x
    where f.x > 5 and f.y <> 'a' order by f.x`)
  const nothing = await engine.prepare('select count(*) as n from fact where y is null')
  expect(await joined.rows()).toEqual([])
  await engine.append('fact', [
    [3, 'b'],
    [9, 'b'],
    [11, null],
  ])
  await engine.append('register', [[9, '甲']])
  expect(await joined.rows()).toEqual([{ x: 9, name: '甲' }])
  expect(await nothing.rows()).toEqual([{ n: '1' }])
  await engine.session.run('delete from fact')
  expect(await joined.rows()).toEqual([])
  await engine.append('fact', [[9, 'c']])
  expect(await joined.rows()).toEqual([{ x: 9, name: '甲' }])
  await engine.close()
})

test('rows go from one engine to another as they are', async () => {
  const warehouse = await openDuckdb({ path: ':memory:' })
  const source = await warehouse.open()
  const columns = 'id text, day date, amount numeric(18,2), share numeric(18,6), yes boolean, n integer'
  await source.run(`create table fact (${columns})`)
  await source.run(`insert into fact select '编号' || i, date '2026-01-01' + cast(i % 300 as integer), i * 1.25, i * 0.000001,
    i % 2 = 0, case when i % 3 = 0 then null else i end from range(10000) r(i)`)
  const engine = await openQuickEngine({ memoryMegabytes: 100 })
  await engine.session.run(`create table fact (${columns})`)
  const names = ['id', 'day', 'amount', 'share', 'yes', 'n']
  await copyRows(source, 'select * from fact where n is null or n > 5', engine.session, {
    table: 'fact',
    columns: names,
  })
  const sums = `select count(*) as rows, sum(amount) as amount, sum(share) as share, max(day) as day, count(n) as n,
    md5(string_agg(id, ',' order by id)) as ids from fact`
  expect(await engine.session.rows(sums)).toEqual(await source.rows(`${sums} where n is null or n > 5`))
  await source.close()
  await warehouse.close()
  await engine.close()
})
