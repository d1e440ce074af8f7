import { readdirSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, expect, test } from 'vitest'
import { createTestDatabase } from '#ground/testing/index.ts'
import { inSession } from '#ground/warehouse/index.ts'
import { anIntake, officer } from '../intake-fixture.ts'
import { asStream, type BuiltInvoice, einvoiceXml, ofdFile, zipped } from './einvoice-builder.ts'

const database = await createTestDatabase()
const { folder, clock, warehouse, intake } = await anIntake(database)
afterAll(() => warehouse.close())
const loaded: string[] = []
afterEach(async () => {
  for (const batchId of loaded.splice(0).reverse()) await intake.undo(officer, batchId)
})

async function send(name: string, content: string | Buffer) {
  clock.advance(1000)
  const batch = await intake.check(officer, 'einvoice', { name, content: asStream(content) })
  return intake.detail(officer, batch.batchId)
}
async function load(batch: { batchId: string }, mode: 'all' | 'good' = 'all') {
  const done = await intake.load(officer, batch.batchId, mode)
  loaded.push(batch.batchId)
  return done
}
const rows = (query: string) => inSession(warehouse.open, (session) => session.rows(query))
const reasons = (batch: Awaited<ReturnType<typeof send>>) =>
  batch.faults.map(({ file, row, column, value, reason }) => [file, row, column, value, reason.en])

test('the XML of an invoice becomes its head and its lines, and is not loaded twice', async () => {
  const batch = await send('a.xml', einvoiceXml({ secondLine: ['100.00', '6.00'] }))
  expect(reasons(batch)).toEqual([])
  expect(batch).toMatchObject({ form: 'xml', state: 'checked', totalRows: 1 })
  expect(await load(batch)).toMatchObject({ newRows: 1, changedRows: 0, equalRows: 0 })
  expect(await rows('select * from invoice')).toEqual([
    {
      invoice_code: null,
      invoice_no: '26462000000000000017',
      invoice_kind: 'digital_ordinary',
      issued_on: '2026-03-02',
      buyer_name: '示例局',
      buyer_tax_no: '11469999MB00000013',
      seller_name: '示例餐饮有限公司',
      seller_tax_no: '91469999MA0000002U',
      seller_address: '示例市示例路 1 号',
      seller_region_code: null,
      amount: '1000.00',
      tax: '60.00',
      total: '1060.00',
      remark: null,
      drawer: '张三',
      check_code: null,
      invoice_state: 'normal',
      red_of_code: null,
      red_of_no: null,
      feed: null,
      batch_id: batch.batchId,
    },
  ])
  expect(
    await rows('select line_no, item_name, amount, tax, tax_rate, unit_price from invoice_line order by 1'),
  ).toEqual([
    {
      line_no: 1,
      item_name: '*餐饮服务*餐费',
      amount: '900.00',
      tax: '54.00',
      tax_rate: '6%',
      unit_price: '884.955752',
    },
    {
      line_no: 2,
      item_name: '*酒*白酒 & 其他',
      amount: '100.00',
      tax: '6.00',
      tax_rate: '6%',
      unit_price: '884.955752',
    },
  ])
  const again = await send('b.xml', `${einvoiceXml({ secondLine: ['100.00', '6.00'] })}\n`)
  expect(await load(again)).toMatchObject({ newRows: 0, changedRows: 0, equalRows: 1 })
  expect(await rows('select count(*) as n from invoice_line')).toEqual([{ n: '2' }])
})

test.each(['attachment', 'tag'] as const)(
  'the OFD with its data as %s says the same as the XML',
  async (where) => {
    const batch = await send('a.ofd', await ofdFile(einvoiceXml(), where))
    expect(reasons(batch)).toEqual([])
    await load(batch)
    expect(await rows('select invoice_no, total, seller_name from invoice')).toEqual([
      { invoice_no: '26462000000000000017', total: '1060.00', seller_name: '示例餐饮有限公司' },
    ])
  },
)

test('a zip of files is one batch: good invoices, the same one twice, and files that are none, by name', async () => {
  const batch = await send(
    '三月.zip',
    await zipped({
      'a.xml': einvoiceXml(),
      'again/a.ofd': await ofdFile(einvoiceXml(), 'attachment'),
      'b.xml': einvoiceXml({ number: '26462000000000000018', total: '1061.00' }),
      'c.xml': einvoiceXml({ number: '26462000000000000019', secondLine: ['100.00', '6.00'] }).replace(
        '次',
        '',
      ),
      '说明.pdf': '%PDF-1.7',
      'cut.xml': einvoiceXml().slice(0, 900),
      'other.xml': '<?xml version="1.0"?><Invoice/>',
      'without.ofd': await ofdFile('', 'nowhere'),
    }),
  )
  expect(reasons(batch)).toEqual([
    ['说明.pdf', null, null, null, expect.stringContaining('PDF')],
    ['cut.xml', null, null, null, expect.stringContaining('incomplete')],
    ['other.xml', null, null, null, expect.stringContaining('EInvoice')],
    ['without.ofd', null, null, null, expect.stringContaining('download its XML')],
    ['b.xml', 1, 'total', '1061.00', 'amount and tax add up to 1060.00 instead'],
  ])
  expect(batch).toMatchObject({ form: 'zip', totalRows: 7, refusedRows: 5 })
  expect(await load(batch, 'good')).toMatchObject({ newRows: 2 })
  expect(await text(await intake.refusedRows(officer, batch.batchId, 'csv'))).toContain(
    '价税合计（元）：金额与税额之和为 1060.00，与此不符',
  )
})

test('several files sent together are one batch, also where two have the same name', async () => {
  clock.advance(1000)
  async function* sent() {
    yield { name: 'a.xml', content: asStream(einvoiceXml()) }
    yield { name: 'a.xml', content: asStream(einvoiceXml({ number: '26462000000000000018' })) }
    yield {
      name: 'b.ofd',
      content: asStream(await ofdFile(einvoiceXml({ number: '26462000000000000019' }), 'tag')),
    }
  }
  const batch = await intake.check(officer, 'einvoice', sent())
  expect(batch).toMatchObject({ fileName: 'a.xml +2.zip', form: 'zip', totalRows: 3, refusedRows: 0 })
  expect(await load(batch)).toMatchObject({ newRows: 3 })
  async function* nothing() {}
  await expect(intake.check(officer, 'einvoice', nothing())).rejects.toMatchObject({
    code: 'intake.none_sent',
  })
})

test.each<[string, BuiltInvoice, string, string]>([
  ['a number of nineteen digits', { number: '2646200000000000001' }, 'invoice_no', '20 digits'],
  ['the number of another year', { number: '25462000000000000017' }, 'invoice_no', '20 digits'],
  [
    'lines that add up to something else',
    { amount: '1000.00', secondLine: ['0.01', '0'], total: '1060.00' },
    '',
    '',
  ],
  ['a day that does not exist', { issued: '2026-02-30' }, 'issued_on', 'no valid date'],
])('%s', async (_what, invoice, column, reason) => {
  const xml = einvoiceXml(invoice)
  const batch = await send('a.xml', column === '' ? xml.replace('<Amount>0.01', '<Amount>0.02') : xml)
  expect(batch).toMatchObject({ totalRows: 1, refusedRows: 1 })
  const [fault] = batch.faults
  expect(fault!.column).toBe(column || 'amount')
  expect(fault!.reason.en).toContain(reason || 'add up to 1000.01')
})

test('one wrong line refuses its invoice as a whole', async () => {
  const batch = await send('a.xml', einvoiceXml({ secondLine: ['100.00', 'x'] }).replaceAll('NaN', '54.00'))
  expect(batch).toMatchObject({ totalRows: 1, refusedRows: 1 })
  expect(reasons(batch)).toEqual([['a.xml', 2, 'line_tax', 'x', expect.stringContaining('no amount')]])
  await expect(intake.load(officer, batch.batchId, 'good')).rejects.toMatchObject({
    code: 'intake.not_loadable',
  })
})

test('a red-letter invoice names the one that it reverses', async () => {
  const batch = await send(
    'red.xml',
    einvoiceXml({
      amount: '-1000.00',
      tax: '-60.00',
      total: '-1060.00',
      blue: 'N',
      remark: '被红冲蓝字数电票号码：26462000000000000003',
    }),
  )
  await load(batch)
  expect(await rows('select invoice_state, red_of_no, total from invoice')).toEqual([
    { invoice_state: 'red', red_of_no: '26462000000000000003', total: '-1060.00' },
  ])
})

test('entities are never expanded', async () => {
  const bomb = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
  const batch = await send('a.xml', einvoiceXml({ prolog: bomb, item: '&x;' }))
  expect(reasons(batch)).toEqual([['a.xml', null, null, null, expect.stringContaining('document type')]])
})

test('the same number with other content is laid aside, the standing one stays', async () => {
  await load(await send('a.xml', einvoiceXml()))
  const other = await send('b.xml', einvoiceXml({ item: '*住宿服务*住宿费' }))
  expect(await load(other)).toMatchObject({ newRows: 0, changedRows: 0, equalRows: 0 })
  expect(await rows('select item_name from invoice_line')).toEqual([{ item_name: '*餐饮服务*餐费' }])
  expect(await rows('select item_name from conflict_invoice_line')).toEqual([
    { item_name: '*住宿服务*住宿费' },
  ])
})

test('a table, an OFD where a table is wanted, and a bomb within are refused, and nothing is left behind', async () => {
  expect(reasons(await send('a.csv', 'invoice_no\n1\n'))[0]![4]).toContain('neither XML nor OFD')
  const venue = await intake.check(officer, 'venue', {
    name: 'a.ofd',
    content: asStream(await ofdFile(einvoiceXml(), 'tag')),
  })
  expect(venue.state).toBe('refused')
  const inner = await zipped({ 'OFD.xml': ' '.repeat(30_000_000) })
  const batch = await send('a.zip', await zipped({ 'bomb.ofd': inner }))
  expect(reasons(batch)).toEqual([
    ['bomb.ofd', null, null, null, expect.stringContaining('unreasonably large')],
  ])
  expect(readdirSync(folder).filter((name) => /^(arriving|checking|loading)/.test(name))).toEqual([])
})
