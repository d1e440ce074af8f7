import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { afterAll, expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import { createTestDatabase } from '#ground/testing/index.ts'
import { inSession, openDuckdb } from '#ground/warehouse/index.ts'
import { datasets } from '#shared/datasets/index.ts'
import { anIntake, officer } from '../intake-fixture.ts'
import { stageXlsx } from './stage-xlsx.ts'
import { templateWorkbook } from './template-workbook.ts'
import { type BuiltWorkbook, buildWorkbook } from './workbook-builder.ts'

const database = await createTestDatabase()
const { folder, clock, warehouse, intake } = await anIntake(database)
const files = mkdtempSync(join(tmpdir(), 'qingfeng-xlsx-'))
afterAll(() => warehouse.close())

const row = (at: number, cells: string) => `<row r="${at}">${cells}</row>`
const inline = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`
const headerRow = (names: readonly string[], at = 1) =>
  row(at, names.map((name, place) => inline(`${'ABCDEFGHIJ'[place]}${at}`, name)).join(''))

let count = 0
async function built(workbook: BuiltWorkbook): Promise<string> {
  const path = join(files, `${count++}.xlsx`)
  await buildWorkbook(path, workbook)
  return path
}

async function send(dataset: string, path: string, name = 'file.xlsx') {
  clock.advance(1000)
  const batch = await intake.check(officer, dataset, { name, content: createReadStream(path) })
  return intake.detail(officer, batch.batchId)
}

const sent = async (dataset: string, workbook: BuiltWorkbook) => send(dataset, await built(workbook))
const found = (batch: Awaited<ReturnType<typeof sent>>) =>
  batch.faults.map(({ row: at, column, value, reason }) => [at, column, value, reason.en])
const leftOver = () => readdirSync(folder).filter((name) => /^(arriving|checking|loading)/.test(name))

test('shared, inline and formatted texts, dates, flags and formulas are read as the sheet shows them', async () => {
  const batch = await sent('unit_account', {
    sharedTexts:
      '<si><t>U001</t></si><si><r><t>工会</t></r><r><t xml:space="preserve">账户 </t></r><rPh sb="0" eb="1"><t>ゴ</t></rPh></si>',
    numberFormats: ['General', 'yyyy/m/d;@', '00000000'],
    rows: [
      headerRow(['账号', 'unit_code', '户名*', '账户性质', '白名单', '生效日期', '失效日期'], 3),
      row(
        5,
        `<c r="A5" s="2"><v>1234567</v></c><c r="B5" t="s"><v>0</v></c><c r="C5" t="s"><v>1</v></c>
         <c r="D5" t="str"><f>A1</f><v>工会账户</v></c><c r="E5" t="b"><v>1</v></c><c r="F5" s="1"><v>46053.75</v></c>
         <c r="G5" t="d"><v>2026-12-31T00:00:00</v></c>`,
      ),
    ].join(''),
  })
  expect(found(batch)).toEqual([])
  expect(batch).toMatchObject({ form: 'xlsx', state: 'checked', totalRows: 1 })
  await intake.load(officer, batch.batchId, 'all')
  const rows = await inSession(warehouse.open, (session) => session.rows('select * from unit_account'))
  expect(rows).toMatchObject([
    {
      account_no: '01234567',
      unit_code: 'U001',
      account_name: '工会账户',
      account_kind: 'union',
      whitelisted: true,
      valid_from: '2026-01-31',
      valid_to: '2026-12-31',
    },
  ])
  await intake.undo(officer, batch.batchId)
  expect(leftOver()).toEqual([])
})

test('numbers that lost their last digits are refused cell by cell, whatever column of texts they stand in', async () => {
  const rest = (at: number) =>
    `${inline(`B${at}`, 'U1')}${inline(`C${at}`, '甲')}${inline(`D${at}`, '工会账户')}${inline(`E${at}`, '2026-01-01')}`
  const batch = await sent('unit_account', {
    numberFormats: ['General', '0.00E+00', '0'],
    rows: [
      headerRow(['账号', '单位编码', '户名', '账户性质', '生效日期', '批准文号']),
      row(2, `<c r="A2"><v>1.2345678901234501E+17</v></c>${rest(2)}${inline('F2', '4.6E+17')}`),
      row(3, `<c r="A3" s="1"><v>123456789012</v></c>${rest(3)}<c r="F3"><v>1234567890123456</v></c>`),
      row(4, `<c r="A4" s="2"><v>123456789012345</v></c>${rest(4)}<c r="F4" t="e"><v>#N/A</v></c>`),
    ].join(''),
  })
  const lost = batch.faults.filter(({ reason }) => reason.en.includes('last digits'))
  expect(lost.map(({ row: at, column, value }) => [at, column, value])).toEqual([
    [2, 'account_no', '1.2345678901234501E+17'],
    [2, 'approval_no', '4.6E+17'],
    [3, 'account_no', '123456789012'],
    [3, 'approval_no', '1234567890123456'],
  ])
  expect(lost[0]!.reason.zh).toContain('文本格式')
  expect(batch.faults.find(({ value }) => value === '#N/A')).toMatchObject({ row: 4, column: 'approval_no' })
  expect(batch.refusedRows).toBe(3)
})

test('amounts are those that the sheet shows, not the noise of its binary fractions', async () => {
  const line = await sent('invoice_line', {
    rows: [
      headerRow(['发票号码', '行号', '货物或应税劳务、服务名称', '金额（元）', '数量']),
      row(
        2,
        `${inline('A2', '12345678')}<c r="B2"><v>1</v></c>${inline('C2', '*餐饮服务*餐费')}<c r="D2"><v>0.30000000000000004</v></c><c r="E2"><v>1E-3</v></c>`,
      ),
    ].join(''),
  })
  expect(found(line)).toEqual([])
  await intake.load(officer, line.batchId, 'all')
  const [stored] = await inSession(warehouse.open, (session) => session.rows('select * from invoice_line'))
  expect(stored).toMatchObject({ amount: '0.30', quantity: '0.001000' })
  await intake.undo(officer, line.batchId)
})

test('days counted from 1904, the day that never was, and years are told apart', async () => {
  const rows = [
    headerRow(['账号', '单位编码', '户名', '账户性质', '生效日期']),
    ...[44591, 2026].map((serial, at) =>
      row(
        at + 2,
        `${inline(`A${at + 2}`, '12345')}${inline(`B${at + 2}`, 'U')}${inline(`C${at + 2}`, '甲')}${inline(`D${at + 2}`, '工会账户')}<c r="E${at + 2}"><v>${serial}</v></c>`,
      ),
    ),
  ].join('')
  const batch = await sent('unit_account', { rows, from1904: true })
  expect(found(batch)).toEqual([[3, 'valid_from', '2026', 'no valid date, expected 2026-01-31']])
})

test('refused rows come back as a workbook with marked cells, and are taken in again once mended', async () => {
  const batch = await sent('venue', {
    rows: [
      headerRow(['场所名称', '统一社会信用代码', '生效日期']),
      row(2, `${inline('A2', '甲馆&amp;乙馆')}${inline('C2', '2024-02-30')}`),
      row(3, `${inline('A3', '丙馆')}${inline('C3', '2024-02-01')}`),
    ].join(''),
  })
  expect(batch).toMatchObject({ totalRows: 2, refusedRows: 1 })
  const path = join(files, 'refused.xlsx')
  await pipeline(await intake.refusedRows(officer, batch.batchId, 'xlsx'), createWriteStream(path))
  const again = await send('venue', path)
  expect(again).toMatchObject({ totalRows: 1, refusedRows: 1 })
  expect(found(again)).toEqual([[2, 'valid_from', '2024-02-30', 'no valid date, expected 2026-01-31']])
})

test.each(
  datasets.filter(({ kind }) => kind !== 'config').map((dataset) => [dataset.name, dataset] as const),
)('the template of %s has every column, and its example row passes the check', async (_name, dataset) => {
  const path = join(files, `${dataset.name}.xlsx`)
  await pipeline(templateWorkbook(dataset), createWriteStream(path))
  expect(await send(dataset.name, path)).toMatchObject({ state: 'checked', totalRows: 0, refusedRows: 0 })
  const example = join(files, `${dataset.name}-example.xlsx`)
  await onlySheet(path, 3, example)
  const engine = await openDuckdb({ path: ':memory:' })
  const faults = await inSession(engine.open, async (session) => {
    const { staged, fileFaults } = await stageXlsx(session, dataset, example, {
      name: 'example',
      folder: files,
      allowDemo: true,
    })
    expect(staged?.total).toBe(1)
    return staged ? staged.faults(9) : fileFaults
  })
  await engine.close()
  expect(faults).toEqual([])
})

/** The same workbook with one of its sheets in the place of the first. */
async function onlySheet(path: string, number: number, target: string): Promise<void> {
  const { openSafeZip } = await import('../zip/safe-zip.ts')
  const zip = await openSafeZip(path, { entries: 100, entryBytes: 1e8, totalBytes: 1e9 })
  const copy = new ZipFile()
  for (const name of zip.names) {
    const from = name === 'xl/worksheets/sheet1.xml' ? `xl/worksheets/sheet${number}.xml` : name
    copy.addBuffer(await zip.read(from), name)
  }
  zip.close()
  copy.end()
  await pipeline(copy.outputStream, createWriteStream(target))
}

const aSheet = {
  rows: [
    headerRow(['场所名称', '生效日期']),
    row(2, `${inline('A2', '甲馆')}${inline('B2', '2024-01-01')}`),
  ].join(''),
}
const whole = readFileSync(await built(aSheet))
const compound = (stream: string) =>
  Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.alloc(3000),
    Buffer.from(stream, 'utf16le'),
  ])
const flipped = Buffer.from(whole)
const inSheet = whole.indexOf('xl/worksheets/s.xml') + 60
flipped.writeUInt8(whole.readUInt8(inSheet) ^ 0xff, inSheet)

test.each<[string, string, Buffer, string]>([
  ['a workbook that was cut off', 'a.xlsx', whole.subarray(0, whole.length - 200), 'damaged or cut off'],
  ['a workbook with a changed byte', 'a.xlsx', flipped, 'broken'],
  ['a workbook under the name of a csv', 'a.csv', whole, 'its content, which is xlsx'],
  [
    'a csv under the name of a workbook',
    'a.xlsx',
    Buffer.from('场所名称,生效日期\n'),
    'its content, which is csv',
  ],
  ['a workbook with a password', 'a.xlsx', compound('EncryptedPackage'), 'protected by a password'],
  ['an old workbook', 'a.xls', compound('Workbook'), 'old format'],
  ['a PDF', 'a.pdf', Buffer.from('%PDF-1.7\n%äöü'), 'PDF'],
  ['a PDF under the name of a workbook', 'a.xlsx', Buffer.from('%PDF-1.7\n'), 'PDF'],
  ['a web page that calls itself a workbook', 'a.xls', Buffer.from('\n<html><table></table>'), 'web page'],
  ['a gzip', 'a.csv', Buffer.from([0x1f, 0x8b, 8, 0]), 'archive'],
])('%s is refused as a whole and leaves nothing behind', async (_what, name, content, reason) => {
  const path = join(files, 'refused')
  writeFileSync(path, content)
  const batch = await send('venue', path, name)
  expect(batch.state).toBe('refused')
  expect(batch.faults[0]!.reason.en).toContain(reason)
  expect(readdirSync(folder).filter((file) => file.includes(batch.batchId))).toEqual([])
  expect(leftOver()).toEqual([])
})

test('a bomb is refused before it is unpacked', async () => {
  const zip = new ZipFile()
  zip.addReadStream(Readable.from(blanks(1000)), 'xl/worksheets/s.xml')
  for (const name of ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels'])
    zip.addBuffer(Buffer.from('<a/>'), name)
  zip.end()
  const bomb = await buffer(zip.outputStream as Readable)
  writeFileSync(join(files, 'bomb.xlsx'), bomb)
  const before = process.memoryUsage.rss()
  expect(found(await send('venue', join(files, 'bomb.xlsx')))[0]![3]).toContain('unreasonably large')
  expect(process.memoryUsage.rss() - before).toBeLessThan(200e6)
})

function* blanks(megabytes: number): Generator<Buffer> {
  const block = Buffer.alloc(1_048_576, ' ')
  for (let at = 0; at < megabytes; at += 1) yield block
}

test('entities are refused, not expanded', async () => {
  const batch = await sent('venue', { ...aSheet, prolog: '<!DOCTYPE a [<!ENTITY b "c">]>' })
  expect(found(batch)[0]![3]).toContain('document type')
})

// Of changing letters: a text of one letter would be taken for a bomb.
const longText = Array.from({ length: 3_000_000 }, (_, at) =>
  String.fromCharCode(97 + ((at * at) % 23)),
).join('')

test('a cell of three megabytes is no cell', async () => {
  const batch = await sent('venue', {
    rows: `${headerRow(['场所名称', '生效日期'])}${row(2, inline('A2', longText))}`,
  })
  expect(found(batch)[0]![3]).toContain('2 MB')
})
