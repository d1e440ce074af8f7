import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, systemCaller } from '#ground/database/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { openDuckdb } from '#ground/warehouse/index.ts'
import { createWatchList } from '#rooms/subjects/index.ts'
import { createTable, datasets } from '#shared/datasets/index.ts'
import { linkPerson } from '#shared/permissions/index.ts'
import { createLibraries } from './libraries.service.ts'

const database = await createTestDatabase()
const warehouse = await openDuckdb({ path: ':memory:' })
const personKey = (number: string) =>
  [...number]
    .map((sign) => sign.charCodeAt(0).toString(16).padStart(2, '0'))
    .join('')
    .padEnd(64, '0')
    .slice(0, 64)
const dependencies = { database, warehouse, keyRing: { personKey } }
const libraries = createLibraries(dependencies)
const watchList = createWatchList(dependencies)

const official = '469999197001010011'
const wife = '469999197101010029'
const other = '469999198001010045'
const [tea, shop] = ['91460100MA00000001', '91460100MA00000002'] as const
const [unitA, unitB] = ['11460100000000001A', '11460200000000002B'] as const

const caller = (number: number, roles: readonly string[], scope = '46'): Caller => ({
  userId: `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`,
  scope,
  roles,
})
const province = caller(1, ['supervision_officer'])
const haikou = caller(2, ['conduct_officer'], '46.01')
const sanya = caller(3, ['conduct_officer'], '46.02')

const invoiceColumns = [
  ...['invoice_code', 'invoice_no', 'invoice_kind', 'issued_on', 'buyer_name', 'buyer_tax_no'],
  ...['seller_name', 'seller_tax_no', 'total', 'invoice_state', 'drawer', 'red_of_code', 'red_of_no'],
]

beforeAll(async () => {
  await warehouse.writing(async (session) => {
    for (const dataset of datasets) await session.run(createTable(dataset))
    await session.insert(
      'unit',
      ['unit_code', 'unit_name', 'credit_code', 'region_code', 'valid_from', 'valid_to'],
      [
        // The bureau moved from Sanya to Haikou in 2026.
        ['U1', '甲局', unitA, '460200', '2020-01-01', '2025-12-31'],
        ['U1', '甲局', unitA, '460100', '2026-01-01', null],
        ['U2', '乙局', unitB, '460200', '2020-01-01', null],
      ],
    )
    const invoice = (
      no: string,
      day: string,
      buyer: string | null,
      more: Partial<Record<string, string>> = {},
    ) => [
      more.code ?? null,
      no,
      'vat_ordinary',
      day,
      more.buyerName ?? '购买单位',
      buyer,
      more.seller ?? '静心茶业有限公司',
      more.sellerNo ?? tea,
      more.total ?? '1000.00',
      more.state ?? 'normal',
      '王开票',
      null,
      more.redOf ?? null,
    ]
    await session.insert('invoice', invoiceColumns, [
      invoice('00000001', '2025-06-01', unitA),
      invoice('00000002', '2026-03-01', unitA),
      invoice('00000003', '2026-03-02', unitB),
      invoice('00000004', '2026-03-03', null, { buyerName: '张三' }),
      invoice('00000005', '2026-03-04', unitA, { state: 'red', total: '-1000.00', redOf: '00000002' }),
      invoice('00000006', '2026-03-05', unitA, { seller: '便民商店', sellerNo: shop, total: '88.50' }),
    ])
    await session.insert(
      'invoice_line',
      ['invoice_code', 'invoice_no', 'line_no', 'item_name', 'amount'],
      [[null, '00000002', 1, '*茶*明前龙井', '1000.00']],
    )
    await session.insert(
      'reimbursement',
      ['reimbursement_id', 'unit_code', 'invoice_no', 'claimed_on', 'amount', 'claimant_name'],
      [
        ['B1', 'U1', '00000002', '2026-03-10', '1000.00', '李报销'],
        ['B2', 'U2', '00000002', '2026-03-11', '1000.00', '赵报销'],
      ],
    )
    await session.insert(
      'enterprise',
      [
        ...['credit_code', 'enterprise_name', 'legal_rep_name', 'legal_rep_id', 'established_on'],
        ...['enterprise_state', 'valid_from', 'valid_to'],
      ],
      [
        [tea, '静心茶叶店', '孙前任', other, '2019-01-01', 'active', '2019-01-01', '2025-12-31'],
        [tea, '静心茶业有限公司', '梁静', wife, '2019-01-01', 'active', '2026-01-01', null],
        [shop, '便民商店', '孙前任', other, '2018-01-01', 'cancelled', '2018-01-01', null],
      ],
    )
    await session.insert(
      'shareholder',
      ['credit_code', 'holder_code', 'holder_name', 'holder_kind', 'ratio', 'valid_from'],
      [[tea, other, '孙前任', 'person', '40', '2019-01-01']],
    )
    await session.insert(
      'watch_person',
      ['person_id', 'person_name', 'unit_code', 'post', 'valid_from'],
      [[official, '欧阳文远', 'U1', '局长', '2020-01-01']],
    )
    await session.insert(
      'watch_relative',
      ['person_id', 'relative_id', 'relative_name', 'relation', 'valid_from'],
      [[official, wife, '梁静', 'spouse', '2020-01-01']],
    )
  })
  await database.owner(`insert into organisation.unit (unit_code, valid_from, unit_name, region_code) values
    ('U1', '2020-01-01', '甲局', '460100'), ('U2', '2020-01-01', '乙局', '460200')`)
  await watchList.prepare()
})
afterAll(() => warehouse.close())

const numbers = async (who: Caller, more: object = {}) =>
  (await libraries.invoices(who, { limit: 50, ...more })).items.map((item) => item.invoiceNo)

test('an invoice is seen where its buyer stood on its day; what cannot be placed at the root only', async () => {
  expect((await numbers(province)).length).toBe(6)
  expect(await numbers(haikou)).toEqual(['00000006', '00000005', '00000002'])
  expect(await numbers(sanya)).toEqual(['00000003', '00000001'])
  expect(await numbers(caller(4, ['conduct_officer'], '46.03'))).toEqual([])
  await expect(numbers(caller(5, ['unit_finance'], '46.01.UU1'))).rejects.toMatchObject({
    code: 'invoices.no_office',
  })
})

test('every condition narrows, and pages follow each other without gaps or doubles', async () => {
  expect(await numbers(province, { item: '龙井' })).toEqual(['00000002'])
  expect(await numbers(province, { text: '便民' })).toEqual(['00000006'])
  expect(await numbers(province, { unit: 'U1', from: '2026-01-01', state: 'normal' })).toEqual([
    '00000006',
    '00000002',
  ])
  expect(await numbers(province, { most: '100' })).toEqual(['00000006', '00000005'])
  expect(await numbers(province, { text: '%' })).toEqual(await numbers(province))
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page = await libraries.invoices(province, { limit: 2, ...(cursor ? { cursor } : {}) })
    seen.push(...page.items.map((item) => item.invoiceNo))
    cursor = page.next
  } while (cursor)
  expect(seen).toEqual(await numbers(province))
})

test('an invoice shows its seller as of its day, its reversal, and reimbursements without a foreign unit’s persons', async () => {
  const key = { invoiceCode: '-', invoiceNo: '00000002' }
  const found = await libraries.invoice(haikou, key)
  expect(found).toMatchObject({
    drawer: '王＊＊',
    seller: { enterpriseName: '静心茶业有限公司', legalRepName: '梁＊' },
    lines: [{ itemName: '*茶*明前龙井' }],
    reversedBy: [{ invoiceNo: '00000005' }],
    reimbursements: [
      { unitName: '甲局', claimant: '李＊＊' },
      { unitName: null, claimant: null },
    ],
  })
  const earlier = await libraries.invoice(sanya, { ...key, invoiceNo: '00000001' })
  expect(earlier.seller?.enterpriseName).toBe('静心茶叶店')
  await expect(libraries.invoice(sanya, key)).rejects.toMatchObject({ code: 'invoices.no_such_invoice' })
  const { persons } = await libraries.unmaskInvoice(haikou, key, '核对报销人')
  expect(persons.map(({ name }) => name)).toEqual(['王开票', '梁静', '李报销'])
})

test('an enterprise shows its history and the units in sight that bought from it', async () => {
  const found = await libraries.enterprise(haikou, tea)
  expect(found.versions.map((version) => version.enterpriseName)).toEqual(['静心茶业有限公司', '静心茶叶店'])
  expect(found.shareholders).toMatchObject([{ holderName: '孙＊＊', holderCode: null }])
  expect(found.buyers).toMatchObject([{ unitCode: 'U1', invoices: 2, total: '0.00' }])
  expect(JSON.stringify(found)).not.toContain(other)
  const { items } = await libraries.enterprises(province, { limit: 50, text: '茶叶店' })
  expect(items).toMatchObject([{ creditCode: tea, enterpriseName: '静心茶业有限公司', versions: 2 }])
})

test('ties to the watch list are found through kin, for those who may see the person only', async () => {
  expect(await libraries.connections(haikou, tea, '核查')).toMatchObject([
    { personName: '欧＊＊＊', through: 'spouse', role: 'legal_rep', post: '局长' },
  ])
  expect(await libraries.connections(sanya, tea, '核查')).toEqual([])
  expect(await libraries.connections(caller(6, ['case_manager']), tea, '核查')).toEqual([])
})

test('one’s own enterprise and its invoices are invisible, in lists and counts too', async () => {
  const owner = caller(7, ['supervision_officer'])
  await database.asCaller(systemCaller, (trx) => linkPerson(trx, owner.userId, personKey(wife)))
  expect(await numbers(owner)).toEqual(['00000006'])
  expect((await libraries.invoices(owner, { limit: 50 })).total).toEqual({ count: 1, capped: false })
  await expect(libraries.enterprise(owner, tea)).rejects.toMatchObject({
    code: 'invoices.no_such_enterprise',
  })
  expect((await libraries.enterprises(owner, { limit: 50 })).items.map((row) => row.creditCode)).toEqual([
    shop,
  ])
})

test('every search, look and unmasking is on record, without the words that were searched for', async () => {
  await numbers(province, { text: '张三' })
  const entries = await database.owner<{ action: string; purpose: string | null }>(
    `select action, purpose, detail from audit.entry where action ~ '^(invoices|enterprises)\\.' order by 1`,
  )
  const actions = new Set(entries.map((entry) => entry.action))
  for (const action of ['invoices.search', 'invoices.look', 'invoices.unmask', 'enterprises.connections']) {
    expect(actions).toContain(action)
  }
  expect(entries.filter((entry) => entry.action.endsWith('unmask')).map((entry) => entry.purpose)).toEqual([
    '核对报销人',
  ])
  expect(JSON.stringify(entries)).not.toContain('张三')
})
