import { Readable } from 'node:stream'
import { afterAll, afterEach, expect, test } from 'vitest'
import { systemCaller } from '#ground/database/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { inSession } from '#ground/warehouse/index.ts'
import { anIntake, officer, stranger } from '../intake-fixture.ts'

const database = await createTestDatabase()
const { clock, warehouse, intake, open } = await anIntake(database)
afterAll(() => warehouse.close())
const loaded: string[] = []
afterEach(async () => {
  for (const batchId of loaded.splice(0).reverse()) await intake.undo(officer, batchId)
  expect(await rows('select * from invoice')).toEqual([])
  expect(await rows('select * from invoice_line')).toEqual([])
})
const rows = (query: string) => inSession(warehouse.open, (session) => session.rows(query))

async function send(target: string, content: string) {
  clock.advance(1000)
  const file = { name: `${target}.csv`, content: Readable.from([Buffer.from(content)]) }
  const batch = await intake.check(officer, target, file)
  return intake.detail(officer, batch.batchId)
}
async function load(batch: { batchId: string }, mode: 'all' | 'good' = 'all') {
  const done = await intake.load(officer, batch.batchId, mode)
  loaded.push(batch.batchId)
  return done
}
const found = (batch: Awaited<ReturnType<typeof send>>) =>
  batch.faults.map(({ row, column, value, reason }) => [row, column, value, reason.en])

const nationalHeader =
  'FP_DM,FP_HM,FPZL,KPRQ,GMF_MC,XSF_MC,XSF_NSRSBH,HJJE,HJSE,JSHJ,FPZT,KPR,XH,XMMC,JE,SLV,SE'
const head = (number: string, state = '0') =>
  `4600231130,${number},04,2026-03-02,示例局,示例商贸有限公司,91469999MA0000002U,300.00,18.00,318.00,${state},王五`
const national = (...lines: string[]) => send('feed_national', `${nationalHeader}\n${lines.join('\n')}\n`)
const two = (number: string, state?: string) => [
  `${head(number, state)},1,*酒*白酒,200.00,6%,12.00`,
  `${head(number, state)},2,*餐饮服务*餐费,100.00,6%,6.00`,
]
const local = (...lines: string[]) =>
  send(
    'feed_local',
    `票种,发票代码,发票号码,开具日期,收款方名称,付款方名称,项目,金额,合计金额,状态\n${lines.join('\n')}\n`,
  )

test('the national feed: rows of an invoice become one head with its lines', async () => {
  const batch = await national(...two('00000011'), ...two('00000012'))
  expect(found(batch)).toEqual([])
  expect(batch).toMatchObject({ totalRows: 2, refusedRows: 0 })
  expect(await load(batch)).toMatchObject({ newRows: 2 })
  expect(await database.asCaller(systemCaller, (trx) => intake.unjudged(trx, batch.batchId))).toMatchObject([
    { dataset: 'invoice', rows: 2 },
  ])
  expect(
    await rows(
      'select invoice_code, invoice_no, invoice_kind, total, invoice_state, feed from invoice order by 2',
    ),
  ).toEqual([
    {
      invoice_code: '4600231130',
      invoice_no: '00000011',
      invoice_kind: 'vat_ordinary',
      total: '318.00',
      invoice_state: 'normal',
      feed: 'national',
    },
    {
      invoice_code: '4600231130',
      invoice_no: '00000012',
      invoice_kind: 'vat_ordinary',
      total: '318.00',
      invoice_state: 'normal',
      feed: 'national',
    },
  ])
  expect(await rows('select count(*) as n, sum(amount) as s from invoice_line')).toEqual([
    { n: '4', s: '600.00' },
  ])
})

test('the local feed: a fixed-amount invoice has no line, a roll has items', async () => {
  const batch = await local(
    '定额发票,146002312345,00000021,2026-03-02,示例饭店,,,100.00,100.00,正常',
    '卷式,146002312346,00000022,2026-03-02,示例饭店,示例局,餐费,50.00,50.00,正常'.replace('卷式', '卷式发票'),
  )
  expect(found(batch)).toEqual([])
  await load(batch)
  expect(await rows('select invoice_no, invoice_kind, total, feed from invoice order by 1')).toEqual([
    { invoice_no: '00000021', invoice_kind: 'fixed_amount', total: '100.00', feed: 'local' },
    { invoice_no: '00000022', invoice_kind: 'roll', total: '50.00', feed: 'local' },
  ])
  expect(await rows('select invoice_no, line_no, item_name from invoice_line')).toEqual([
    { invoice_no: '00000022', line_no: 1, item_name: '餐费' },
  ])
})

test('the local feed: a red-letter roll may name the invoice that it reverses', async () => {
  const batch = await send(
    'feed_local',
    `票种,发票代码,发票号码,开具日期,收款方名称,项目,金额,合计金额,状态,原发票代码,原发票号码
卷式发票,146002312346,00000023,2026-03-02,示例饭店,餐费,80.00,80.00,正常,,
卷式发票,146002312346,00000024,2026-03-03,示例饭店,餐费,-80.00,-80.00,红字,146002312346,00000023
`,
  )
  expect(found(batch)).toEqual([])
  await load(batch)
  expect(
    await rows('select invoice_no, invoice_state, red_of_code, red_of_no from invoice order by 1'),
  ).toEqual([
    { invoice_no: '00000023', invoice_state: 'normal', red_of_code: null, red_of_no: null },
    {
      invoice_no: '00000024',
      invoice_state: 'red',
      red_of_code: '146002312346',
      red_of_no: '00000023',
    },
  ])
})

test('an invoice falls as a whole: a wrong row, rows that contradict each other, amounts that do not add up', async () => {
  const [first, second] = two('00000031')
  const batch = await national(
    first!.replace('200.00', '二百'),
    second!,
    ...two('00000032').map((line, at) => (at ? line.replace('示例局', '别的局') : line)),
    ...two('00000033').map((line) => line.replace('318.00', '319.00')),
    ...two('00000034').map((line) => line.replace('200.00', '200.01')),
    ...two('00000035'),
  )
  expect(batch).toMatchObject({ totalRows: 5, refusedRows: 4 })
  expect(found(batch)).toEqual([
    [2, 'je', '二百', expect.stringContaining('no amount')],
    [4, 'gmf_mc', '示例局', expect.stringContaining('contradict')],
    [6, 'jshj', '319.00', 'amount and tax add up to 318.00 instead'],
    [8, 'hjje', '300.00', 'the amounts of its lines add up to 300.01 instead'],
  ])
  expect(await load(batch, 'good')).toMatchObject({ newRows: 1 })
})

test('the same feed brings a later state: the invoice is updated, and undone with its lines', async () => {
  await load(await national(...two('00000041')))
  const update = await national(`${head('00000041', '2')},1,*酒*白酒,300.00,6%,18.00`)
  expect(await load(update)).toMatchObject({ changedRows: 1, newRows: 0 })
  expect(await rows('select invoice_state from invoice')).toEqual([{ invoice_state: 'void' }])
  expect(await rows('select amount from invoice_line')).toEqual([{ amount: '300.00' }])
  await intake.undo(officer, loaded.pop()!)
  expect(await rows('select invoice_state from invoice')).toEqual([{ invoice_state: 'normal' }])
  expect(await rows('select count(*) as n from invoice_line')).toEqual([{ n: '2' }])
  expect((await intake.conflicts.list(officer, { limit: 9 })).items).toEqual([])
})

const roll = (total: string) =>
  `卷式发票,4600231130,00000051,2026-03-02,示例商贸有限公司,,,${total},${total},正常`
const asRoll = (line: string) => line.replace(',04,', ',11,')

test('both feeds know an invoice and agree: what one left empty the other fills, nothing is asked', async () => {
  await load(await local(roll('318.00')))
  expect(await load(await national(...two('00000051').map(asRoll)))).toMatchObject({ changedRows: 1 })
  expect(await rows('select feed, buyer_name, tax from invoice')).toEqual([
    { feed: 'local', buyer_name: '示例局', tax: '18.00' },
  ])
  expect(await rows('select count(*) as n from invoice_line')).toEqual([{ n: '2' }])
  expect(await load(await local(`${roll('318.00')}\n`))).toMatchObject({ equalRows: 1 })
})

test('both feeds know an invoice and disagree: nothing changes until a person has decided, with a reason', async () => {
  await load(await national(...two('00000051').map(asRoll)))
  await load(await local(roll('320.00')))
  expect(await rows('select total, feed from invoice')).toEqual([{ total: '318.00', feed: 'national' }])
  const [conflict] = (await intake.conflicts.list(officer, { limit: 9, state: 'open' })).items
  expect((await intake.detail(officer, conflict!.batchId)).openConflicts).toBe(1)
  const both = await intake.conflicts.detail(officer, conflict!.conflictId)
  expect(both.fields.filter(({ differs }) => differs).map(({ name }) => name)).toContain('total')
  expect([both.standing!.head.total, both.arriving.head.total]).toEqual(['318.00', '320.00'])
  expect(both.standing!.head.drawer).toBe('王*')
  const [looked] = await database.owner(
    "select action, object_id from audit.entry where action like 'intake.%conflict%' order by at desc, entry_id desc limit 1",
  )
  expect(looked).toEqual({ action: 'intake.read_conflict', object_id: conflict!.conflictId })
  const decided = await intake.conflicts.decide(officer, conflict!.conflictId, {
    keep: 'arriving',
    reason: '与纸质发票核对',
  })
  expect(decided).toMatchObject({
    state: 'replaced',
    reason: '与纸质发票核对',
    standing: { head: { total: '318.00' } },
  })
  expect(await rows('select total, feed from invoice')).toEqual([{ total: '320.00', feed: 'local' }])
  expect(await rows('select * from invoice_line')).toEqual([])
  await expect(
    intake.conflicts.decide(officer, conflict!.conflictId, { keep: 'standing', reason: '再想一想' }),
  ).rejects.toMatchObject({ code: 'intake.conflict_decided' })
  await expect(intake.undo(officer, loaded[0]!)).rejects.toMatchObject({ code: 'intake.overwritten' })
  await intake.undo(officer, loaded.pop()!)
  expect(await rows('select total, feed from invoice')).toEqual([{ total: '318.00', feed: 'national' }])
  expect(await rows('select count(*) as n from invoice_line')).toEqual([{ n: '2' }])
})

test('the standing version can be kept; a batch that is undone takes its open conflicts along', async () => {
  await load(await national(...two('00000051').map(asRoll)))
  await load(await local(roll('330.00')))
  const [conflict] = (await intake.conflicts.list(officer, { limit: 9, state: 'open' })).items
  await intake.conflicts.decide(officer, conflict!.conflictId, { keep: 'standing', reason: '地税数据有误' })
  expect(await rows('select total from invoice')).toEqual([{ total: '318.00' }])
  await load(await local(roll('331.00')))
  await intake.undo(officer, loaded.pop()!)
  expect((await intake.conflicts.list(officer, { limit: 9, state: 'open' })).items).toEqual([])
})

test('a conflict that a stopped server had not noted yet is noted at the next start', async () => {
  await load(await national(...two('00000051').map(asRoll)))
  const batch = await local(roll('340.00'))
  await load(batch)
  await database.owner('delete from intake.invoice_conflict')
  await database.owner("update intake.batch set state = 'loading' where batch_id = $1", [batch.batchId])
  const again = await open()
  expect((await again.detail(officer, batch.batchId)).state).toBe('loaded')
  expect((await again.conflicts.list(officer, { limit: 9 })).items).toMatchObject([
    { batchId: batch.batchId },
  ])
})

test('others see no conflict and decide none', async () => {
  const { items } = await intake.conflicts.list(officer, { limit: 1 })
  expect((await intake.conflicts.list(stranger, { limit: 9 })).items).toEqual([])
  const decision = { keep: 'standing', reason: '不应有权' } as const
  await expect(intake.conflicts.decide(stranger, items[0]!.conflictId, decision)).rejects.toMatchObject({
    code: 'intake.no_conflict',
  })
})
