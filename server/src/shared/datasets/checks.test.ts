import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { creditCodeFault, personIdFault, upgradedPersonId } from '#ground/ids/index.ts'
import { openDuckdb, type Warehouse, type WarehouseSession } from '#ground/warehouse/index.ts'
import { type Dataset, datasetByName, datasets, faultSentence, stageCsv } from './index.ts'
import * as inSql from './number-checks-sql.ts'

let warehouse: Warehouse
let session: WarehouseSession
let folder: string
let nextTable = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'qingfeng-csv-'))
  warehouse = await openDuckdb({ path: ':memory:' })
  session = await warehouse.open()
})
afterAll(async () => {
  await session.close()
  await warehouse.close()
  rmSync(folder, { recursive: true, force: true })
})

const nothing = { rows: [], refused: [], total: 0, refusedCount: 0, counts: [], values: [] }

/** What a file of a dataset comes to: its good rows and its faults as `row column reason`. */
async function check(name: string, content: string | Buffer, allowDemo = true) {
  nextTable += 1
  const dataset = datasetByName(name) as Dataset
  const path = join(folder, `${nextTable}.csv`)
  writeFileSync(path, content)
  const { staged, fileFaults } = await stageCsv(session, dataset, path, {
    name: `file_${nextTable}`,
    folder,
    allowDemo,
  })
  const faults = staged ? await staged.faults(1000) : fileFaults
  const brief = faults.map(({ row, column, reason }) =>
    [row, column, reason].filter((part) => part !== null).join(' '),
  )
  if (!staged) return { ...nothing, faults: brief }
  const outcome = {
    rows: await session.rows(staged.goodRows),
    refused: await session.rows(`${staged.refusedRows} order by row_no`),
    total: staged.total,
    refusedCount: staged.refused,
    counts: await staged.faultCounts(),
    values: faults.map(({ value }) => value),
    faults: brief,
  }
  await staged.drop()
  return outcome
}

const unitHead = 'unit_code,unit_name,region_code,valid_from'

describe('a file as a whole', () => {
  test('is read by names or by Chinese titles, with or without byte order mark', async () => {
    const { rows, faults } = await check(
      'unit',
      '\ufeff单位编码*,单位名称,行政区划代码,生效日期,单位性质\r\nU1,"市""财政""局",460100,2024年1月5日,机关\r\n',
    )
    expect(faults).toEqual([])
    expect(rows).toMatchObject([
      { unit_code: 'U1', unit_name: '市"财政"局', valid_from: '2024-01-05', kind: 'organ', valid_to: null },
    ])
  })

  test('may be GB18030', async () => {
    // 单位编码 … in GB18030: the bytes are written out, because no encoder for it is built in.
    const name = Buffer.from([0xb2, 0xc6, 0xd5, 0xfe, 0xbe, 0xd6])
    const content = Buffer.concat([
      Buffer.from(`${unitHead}\nU1,`),
      name,
      Buffer.from(',460100,2024-01-01\n'),
    ])
    const { rows, faults } = await check('unit', content)
    expect(faults).toEqual([])
    expect(rows).toMatchObject([{ unit_name: '财政局' }])
  })

  test.each([
    ['empty', '', ['empty']],
    ['an archive renamed', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), ['binary']],
    ['neither encoding', Buffer.from([...Buffer.from(`${unitHead}\n`), 0xff, 0xff, 0x0a]), ['encoding']],
    ['a line of 3 MB', `${unitHead}\n${'x'.repeat(3_000_000)}`, ['line_too_long']],
    ['a column twice', `${unitHead},单位编码\n`, ['1 unit_code header_twice']],
    ['a column nobody knows', `${unitHead},colour\n`, ['1 header_unknown']],
    ['a required column missing', 'unit_code,unit_name,region_code\n', ['1 valid_from header_missing']],
  ])('is refused: %s', async (_name, content, faults) => {
    expect((await check('unit', content)).faults).toEqual(faults)
  })

  test('rows that cannot be cut are named with the number they have in the file, and so are those after them', async () => {
    const { rows, faults, total, refusedCount } = await check(
      'unit',
      `${unitHead}\nU1,a,460100,2024-01-01\nU2,b\nU3,"c\nc",460100,2024-01-01\nU4,d,46,2024-01-01,x,y\nU5,e,4601,yesterday\nU6,"f,46,2024-01-01\n`,
    )
    expect(faults).toEqual(['3 columns_missing', '5 columns_extra', '6 valid_from date', '7 quotes'])
    expect(rows.map((row) => row.unit_code).sort()).toEqual(['U1', 'U3'])
    expect([total, refusedCount]).toEqual([6, 4])
  })
})

describe('a cell', () => {
  const payment = async (cells: Record<string, string>, allowDemo = true) => {
    const row = {
      payment_id: 'P1',
      unit_code: 'U1',
      paid_on: '2026-03-02',
      amount: '10',
      settlement: 'transfer',
      payment_kind: 'ordinary',
      payment_state: 'paid',
      ...cells,
    }
    const line = Object.values(row).map((value) => `"${value}"`)
    return check('payment', `${Object.keys(row).join(',')}\n${line.join(',')}\n`, allowDemo)
  }

  test.each([
    ['amount', '1,234,567.5', '1234567.50'],
    ['amount', '￥10.00元', '10.00'],
    ['amount', '007.100', '7.10'],
    ['paid_on', '2026/3/2', '2026-03-02'],
    ['paid_on', '20260302', '2026-03-02'],
    ['paid_on', '2026-3-2 08:30:00', '2026-03-02'],
    ['settlement', '公务卡', 'official_card'],
    ['is_advance', '是', true],
    ['classified', '否', false],
    ['payee_code', '91460000ma0000002u', '91460000MA0000002U'],
    ['payee_code', '46999919800101001x', '46999919800101001X'],
    ['payee_code', '469999800101001', upgradedPersonId('469999800101001')],
    ['payee_code', '460100123456789', '460100123456789'],
    ['payee_code', '护照e1234', '护照E1234'],
    ['payee_account', ' 6222 0000 1234 567 ', '622200001234567'],
    ['purpose', '　餐费\t', '餐费'],
    ['purpose', '   ', null],
  ])('%s "%s" is read', async (column, text, value) => {
    const { rows, faults } = await payment({ [column]: text })
    expect(faults).toEqual([])
    expect(rows[0]?.[column]).toEqual(value)
  })

  test.each([
    ['amount', '', 'required'],
    ['amount', '1.005', 'decimals'],
    ['amount', '1e3', 'lost_digits'],
    ['amount', '12 000', 'money'],
    ['amount', '1,23', 'money'],
    ['amount', '12345678901234567', 'too_large'],
    ['amount', '-1', 'negative'],
    ['amount', 'NaN', 'money'],
    ['paid_on', '2026-02-30', 'date'],
    ['paid_on', '46083', 'date'],
    ['paid_on', '0026-03-02', 'date_range'],
    ['settlement', 'bitcoin', 'choice'],
    ['is_advance', '2', 'flag'],
    ['payee_account', '6.2222E+18', 'lost_digits'],
    ['payee_account', '12', 'bank_account'],
    ['invoice_no', '123', 'invoice_number'],
    ['payment_id', 'x'.repeat(41), 'too_long'],
  ])('%s "%s" is refused: %s', async (column, text, reason) => {
    const { rows, faults, values } = await payment({ [column]: text })
    expect(faults).toEqual([`2 ${column} ${reason}`])
    expect(values).toEqual([text || null])
    expect(rows).toEqual([])
  })

  test('every fault of a row is named, and counted by column and reason', async () => {
    const { faults, counts, total, refusedCount, refused } = await payment({ amount: 'x', paid_on: 'y' })
    expect(faults).toEqual(['2 paid_on date', '2 amount money'])
    expect([total, refusedCount]).toEqual([1, 1])
    expect(counts).toEqual([
      { column: 'amount', reason: 'money', count: 1 },
      { column: 'paid_on', reason: 'date', count: 1 },
    ])
    expect(refused).toMatchObject([
      {
        row_no: '2',
        cells: ['P1', 'U1', 'y', 'x', 'transfer', 'ordinary', 'paid'],
        faults: 'paid_on:date,amount:money',
      },
    ])
  })

  test('of a classified row nothing is kept, also where it has other faults', async () => {
    const { rows, refused, faults } = await payment({ classified: 'true', amount: 'secret' })
    expect(rows).toEqual([])
    expect(faults).toEqual(['2 amount money', '2 classified classified'])
    expect(refused[0]?.cells).toEqual(Array(8).fill(null))
  })

  test('a demo number is a person only where demo data is allowed', async () => {
    const id = upgradedPersonId('469999800101001')
    const head = 'person_id,person_name,unit_code,valid_from'
    expect((await check('payroll', `${head}\n${id},甲,U1,2024-01-01\n`, true)).faults).toEqual([])
    expect((await check('payroll', `${head}\n${id},甲,U1,2024-01-01\n`, false)).faults).toEqual([
      '2 person_id demo_person',
    ])
  })

  test('a person ID whose last three digits a spreadsheet made zeros says so', async () => {
    const head = 'person_id,person_name,unit_code,valid_from'
    expect((await check('payroll', `${head}\n110105194912310000,甲,U1,2024-01-01\n`)).faults).toEqual([
      '2 person_id lost_digits',
    ])
  })
})

test('who buys or sells may be a person, with a citizen number for a tax number', async () => {
  const id = upgradedPersonId('469999800101001')
  const wrong = id.slice(0, 17) + (id[17] === '3' ? '4' : '3')
  const numbers = [id, `${id}01`, '460100123456789', '91469999MA0000002U', wrong, `${wrong}01`]
  const head = 'invoice_no,invoice_kind,issued_on,seller_name,seller_tax_no,amount,tax,total,invoice_state'
  const lines = numbers.map(
    (number, at) => `1000000${at},vat_ordinary,2026-03-04,某某,${number},1,0,1,normal`,
  )
  const file = `${[head, ...lines].join('\n')}\n`
  expect((await check('invoice', file)).faults).toEqual([
    '6 seller_tax_no credit_code_check',
    '7 seller_tax_no credit_code_length',
  ])
  expect((await check('invoice', file, false)).faults).toEqual([
    '2 seller_tax_no demo_person',
    '3 seller_tax_no demo_person',
    '6 seller_tax_no credit_code_check',
    '7 seller_tax_no credit_code_length',
  ])
})

test('a second row with the key of an earlier one is refused and names it; empty parts of a key are equal', async () => {
  const { rows, faults } = await check(
    'allowance_item',
    'item_code,unit_code,item_name,approval_no,valid_from\nA,,a,1,2024-01-01\nA,U1,b,1,2024-01-01\nA,,c,1,2024-01-01\n',
  )
  expect(rows.map((row) => row.item_name).sort()).toEqual(['a', 'b'])
  expect(faults).toEqual(['4 item_code duplicate=2'])
})

test('a register row that ends before it begins is refused', async () => {
  const { faults } = await check('unit', `${unitHead},valid_to\nU1,a,46,2024-01-02,2024-01-01\n`)
  expect(faults).toEqual(['2 valid_to before_valid_from'])
})

test('every reason is a sentence in both languages with its details', () => {
  const payment = datasetByName('payment')!
  const at = (column: string, reason: string) =>
    faultSentence(payment, { row: 2, column, value: 'x', reason })
  expect(at('settlement', 'choice').zh).toBe('应为：现金、转账、公务卡、转账支票')
  expect(at('purpose', 'too_long').en).toBe('longer than 400 characters')
  expect(at('payment_id', 'duplicate=17').zh).toBe('与第 17 行的主键重复')
})

test('no two columns of a dataset bear one title', () => {
  for (const { name, columns } of datasets) {
    const titles = Object.values(columns).flatMap(({ title }) => [title.zh, title.en])
    expect(new Set(titles).size, name).toBe(titles.length)
  }
})

/** The reason that the SQL check gives for each text. */
async function reasons(expression: (text: string) => string, texts: readonly string[]) {
  const values = texts.map((text, at) => `(${at}, '${text}')`).join(', ')
  const rows = await session.rows(
    `select ${expression('t')} as reason from (values ${values}) as v(place, t) order by place`,
  )
  return rows.map((row) => row.reason)
}

test('the number checks in SQL and in code agree', async () => {
  const digits = (length: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length })
  const persons = fc
    .sample(
      fc.tuple(
        fc.constantFrom('110105', '469999'),
        fc.constantFrom('491231', '800101', '800231'),
        digits(3),
        fc.constantFrom('', 'flip', 'cut'),
      ),
      300,
    )
    .map(([region, born, order, change]) => {
      const good = upgradedPersonId(region + born + order)
      if (change === 'flip') return good.slice(0, 17) + (good[17] === '3' ? '4' : '3')
      return change === 'cut' ? good.slice(0, 17) : good
    })
  const found = await reasons((text) => inSql.personIdFault(text, false), persons)
  const expected = persons.map((id) => personIdFault(id, false))
  expect(found.map((reason) => reason !== null)).toEqual(expected.map((fault) => fault !== undefined))

  const codes = fc.sample(
    fc.string({
      unit: fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXYIO'),
      minLength: 17,
      maxLength: 18,
    }),
    200,
  )
  const good = codes.flatMap((code) =>
    [...'0123456789ABCDEFGHJKLMNPQRTUWXY']
      .map((last) => code.slice(0, 17) + last)
      .filter((whole) => !creditCodeFault(whole)),
  )
  expect(good.length).toBeGreaterThan(20)
  const all = [...codes, ...good]
  const inStore = await reasons(inSql.creditCodeFault, all)
  expect(inStore.map((reason) => reason !== null)).toEqual(
    all.map((code) => creditCodeFault(code) !== undefined),
  )
})
