import { readdirSync } from 'node:fs'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { createTestDatabase } from '#ground/testing/index.ts'
import { inSession } from '#ground/warehouse/index.ts'
import { anIntake, officer, stranger } from './intake-fixture.ts'

const database = await createTestDatabase()
const { folder, clock, warehouse, intake } = await anIntake(database)
afterAll(() => warehouse.close())

const header = 'venue_name,credit_code,venue_kind,region_code,valid_from,valid_to'
const send = (content: string | Buffer, name = 'venue.csv') => {
  clock.advance(1000)
  return intake.check(officer, 'venue', { name, content: Readable.from([Buffer.from(content)]) })
}
const stored = () =>
  inSession(warehouse.open, (session) =>
    session.rows('select venue_name, venue_kind from venue order by venue_name'),
  )

test('a good file is checked, loaded, updated by a later one, and both are undone in turn', async () => {
  const first = await send(
    `${header}\n碧海会所,,会所,460105,2024-01-01,\n云顶高尔夫,,球场,460105,2024-01-01,\n`,
  )
  expect(first).toMatchObject({ state: 'checked', totalRows: 2, refusedRows: 0 })
  expect(await stored()).toEqual([])
  expect(await intake.load(officer, first.batchId, 'all')).toMatchObject({ state: 'loaded', newRows: 2 })
  const second = await send(
    `${header}\n碧海会所,,私人会所,460105,2024-01-01,\n云顶高尔夫,,球场,460105,2024-01-01,\n新馆,,酒吧,,2024-01-01,\n`,
  )
  expect(await intake.load(officer, second.batchId, 'all')).toMatchObject({
    newRows: 1,
    changedRows: 1,
    equalRows: 1,
  })
  expect(await stored()).toHaveLength(3)
  await expect(intake.undo(officer, first.batchId)).rejects.toMatchObject({ code: 'intake.overwritten' })
  await intake.undo(officer, second.batchId)
  expect(await stored()).toEqual([
    { venue_name: '云顶高尔夫', venue_kind: '球场' },
    { venue_name: '碧海会所', venue_kind: '会所' },
  ])
  await intake.undo(officer, first.batchId)
  expect(await stored()).toEqual([])
})

test('bad rows are reported by row and column, come back with reasons, and the good ones can be loaded', async () => {
  const batch = await send(
    `${header}\n甲馆,,会所,460105,2024-02-30,\n乙馆,,会所,460105,2024-01-01,\n,,会所,460105,2024-01-01,\n`,
  )
  expect(batch).toMatchObject({ totalRows: 3, refusedRows: 2 })
  const { faults } = await intake.detail(officer, batch.batchId)
  expect(faults.map(({ row, column, value }) => [row, column, value])).toEqual([
    [2, 'valid_from', '2024-02-30'],
    [4, 'venue_name', null],
  ])
  expect(faults[0]!.reason.zh).toContain('日期')
  await expect(intake.load(officer, batch.batchId, 'all')).rejects.toMatchObject({
    code: 'intake.not_loadable',
  })
  const refused = await text(await intake.refusedRows(officer, batch.batchId, 'csv'))
  expect(refused.split('\n')[0]).toContain('错误原因')
  expect(refused).toContain('甲馆')
  expect(refused).toContain('生效日期：不是有效日期，应为 2026-01-31 | valid from: no valid date')
  expect(refused).not.toContain('乙馆')
  const sheet = await intake.refusedSheet(officer, batch.batchId)
  expect(sheet.columns.map(({ name }) => name)).toEqual(header.split(','))
  expect(
    sheet.rows.map(({ row, cells, faults }) => [row, cells[0], faults.map(({ column }) => column)]),
  ).toEqual([
    [2, '甲馆', ['valid_from']],
    [4, '', ['venue_name']],
  ])
  expect(await intake.load(officer, batch.batchId, 'good')).toMatchObject({ newRows: 1 })
  await intake.undo(officer, batch.batchId)
})

test('GB18030 with rare characters and Chinese headers is read', async () => {
  const bytes = Buffer.concat([
    Buffer.from('b3a1cbf9c3fbb3c62cc9fad0a7c8d5c6da0a', 'hex'),
    Buffer.from('d4c6b6a5bbe1cbf9', 'hex'),
    Buffer.from('2c323032342d30312d30310a', 'hex'),
  ])
  const batch = await send(bytes)
  expect(batch).toMatchObject({ state: 'checked', totalRows: 1, refusedRows: 0 })
  await intake.load(officer, batch.batchId, 'all')
  expect(await stored()).toEqual([{ venue_name: '云顶会所', venue_kind: null }])
  await intake.undo(officer, batch.batchId)
})

test.each([
  ['a zip under the name of a csv', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(64)])],
  ['an empty file', ''],
  ['a column nobody knows', 'venue_name,valid_from,colour\n甲,2024-01-01,red\n'],
  ['a missing required column', 'venue_name\n甲\n'],
  ['a line of three megabytes', `${header}\n${'长'.repeat(1_000_000)}\n`],
])('%s is refused as a whole, and nothing is left behind', async (_name, content) => {
  const batch = await send(content)
  expect(batch.state).toBe('refused')
  expect((await intake.detail(officer, batch.batchId)).faults.length).toBeGreaterThan(0)
  await expect(intake.load(officer, batch.batchId, 'good')).rejects.toMatchObject({ code: 'intake.not_now' })
  expect(
    readdirSync(folder).filter((file) => file.includes(batch.batchId) || /^(arriving|checking)/.test(file)),
  ).toEqual([])
})

test('a file that was cut off in the middle of a row is reported where it ends', async () => {
  const batch = await send(`${header}\n甲馆,,会所,460105,2024-01-01,\n乙馆,,"会`)
  expect(batch.refusedRows).toBe(1)
  expect((await intake.detail(officer, batch.batchId)).faults[0]).toMatchObject({ row: 3 })
})

test('the same file is not loaded twice', async () => {
  const content = `${header}\n同一馆,,会所,460105,2024-01-01,\n`
  const first = await send(content)
  const again = await send(content)
  await intake.load(officer, first.batchId, 'all')
  await expect(intake.load(officer, again.batchId, 'all')).rejects.toMatchObject({
    code: 'intake.known_file',
  })
  await intake.undo(officer, first.batchId)
})

test('after a stop in the middle a batch is loaded or checked, as the warehouse says', async () => {
  const open = await send(`${header}\n半途馆,,会所,460105,2024-01-01,\n`)
  await database.owner("update intake.batch set state = 'loading', mode = 'all' where batch_id = $1", [
    open.batchId,
  ])
  await intake.recover()
  expect((await intake.detail(officer, open.batchId)).state).toBe('checked')
  await intake.load(officer, open.batchId, 'all')
  await database.owner("update intake.batch set state = 'loading' where batch_id = $1", [open.batchId])
  await intake.recover()
  expect((await intake.detail(officer, open.batchId)).state).toBe('loaded')
})

test('others find no batch', async () => {
  const batch = await send(`${header}\n密馆,,会所,460105,2024-01-01,\n`)
  await expect(intake.detail(stranger, batch.batchId)).rejects.toMatchObject({ code: 'intake.no_batch' })
  expect((await intake.list(stranger, { limit: 10 })).items).toEqual([])
  expect((await intake.list(officer, { limit: 1 })).next).not.toBeNull()
})

test('a file marked secret is refused before anything is read from it, and nothing is left of it', async () => {
  const before = readdirSync(folder)
  for (const [content, name] of [
    [`${header}\n`, '秘密★1年 场所.csv'],
    [`机密★长期\n${header}\n甲会所,,会所,460105,2024-01-01,\n`, 'venue.csv'],
    [Buffer.from('3OLWyAo=', 'base64'), '绝密★ venue.csv'],
    [Buffer.concat([Buffer.from([0xc3, 0xd8, 0xc3, 0xdc, 0xa1, 0xef]), Buffer.from('\n')]), 'gb18030.csv'],
  ] as const) {
    await expect(send(content as string, name)).rejects.toMatchObject({ code: 'files.classified' })
  }
  expect(readdirSync(folder)).toEqual(before)
  expect(await send(`${header}\n保密局招待所,,会所,460105,2024-01-01,\n`)).toMatchObject({ state: 'checked' })
})
