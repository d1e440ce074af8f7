import { readdirSync } from 'node:fs'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { createTestDatabase } from '#ground/testing/index.ts'
import { inSession } from '#ground/warehouse/index.ts'
import { anIntake, officer } from './intake-fixture.ts'

test('invoices of both feeds are merged in a warehouse on PostgreSQL too', async () => {
  const { warehouse, intake } = await anIntake(await createTestDatabase(), 'postgres')
  const send = async (target: string, content: string) => {
    const file = { name: 'a.csv', content: Readable.from([Buffer.from(content)]) }
    const batch = await intake.check(officer, target, file)
    return intake.load(officer, batch.batchId, 'all')
  }
  const local = (total: string, item = '') =>
    `票种,发票代码,发票号码,开具日期,收款方名称,项目,金额,合计金额,状态
卷式发票,4600231130,00000051,2026-03-02,示例商贸有限公司,${item},${total},${total},正常\n`
  const national = `FP_DM,FP_HM,FPZL,KPRQ,GMF_MC,XSF_MC,HJJE,HJSE,JSHJ,FPZT,XH,XMMC,JE,SE
4600231130,00000051,11,2026-03-02,示例局,示例商贸有限公司,300.00,18.00,318.00,0,1,*酒*白酒,300.00,18.00\n`
  expect(await send('feed_local', local('318.00'))).toMatchObject({ newRows: 1 })
  const filling = await send('feed_national', national)
  expect(filling).toMatchObject({ changedRows: 1 })
  const differing = await send('feed_local', local('319.00', '餐费'))
  expect(differing).toMatchObject({ newRows: 0, changedRows: 0, equalRows: 0 })
  const stored = () =>
    inSession(warehouse.open, (session) =>
      session.rows(
        'select i.feed, i.buyer_name, i.total, l.item_name from invoice i join invoice_line l using (invoice_no)',
      ),
    )
  expect(await stored()).toEqual([
    { feed: 'local', buyer_name: '示例局', total: '318.00', item_name: '*酒*白酒' },
  ])
  const [conflict] = (await intake.conflicts.list(officer, { limit: 9 })).items
  await intake.conflicts.decide(officer, conflict!.conflictId, { keep: 'arriving', reason: '以地税为准' })
  expect(await stored()).toEqual([{ feed: 'local', buyer_name: null, total: '319.00', item_name: '餐费' }])
  await intake.undo(officer, differing.batchId)
  await intake.undo(officer, filling.batchId)
  expect(
    await inSession(warehouse.open, (session) => session.rows('select buyer_name from invoice')),
  ).toEqual([{ buyer_name: null }])
  await warehouse.close()
})

test('files go into a warehouse on PostgreSQL as they go into the embedded one', async () => {
  const { warehouse, intake, folder } = await anIntake(await createTestDatabase(), 'postgres')
  const header = 'invoice_code,invoice_no,invoice_kind,issued_on,seller_name,total,invoice_state'
  const check = (rows: string) =>
    intake.check(officer, 'invoice', {
      name: 'invoice.csv',
      content: Readable.from([Buffer.from(`${header}\n${rows}`)]),
    })
  const stored = () =>
    inSession(warehouse.open, (session) =>
      session.rows('select invoice_no, seller_name, total from invoice order by invoice_no'),
    )

  const first = await check(
    '4600201130,10000001,roll,2026-01-05,"甲,店",100,normal\n,25462000000000000001,digital_ordinary,2026-01-05,乙店,200.5,normal\n',
  )
  expect(await intake.load(officer, first.batchId, 'all')).toMatchObject({ newRows: 2, changedRows: 0 })
  const second = await check(
    '4600201130,10000001,roll,2026-01-05,"甲,店",100,void\n,25462000000000000001,digital_ordinary,2026-01-05,乙店,200.5,normal\n,25462000000000000002,digital_ordinary,2026-01-06,丙店,-3,red\n',
  )
  expect(await intake.load(officer, second.batchId, 'all')).toMatchObject({
    newRows: 1,
    changedRows: 1,
    equalRows: 1,
  })
  expect(await stored()).toHaveLength(3)
  await intake.undo(officer, second.batchId)
  expect(await stored()).toEqual([
    { invoice_no: '10000001', seller_name: '甲,店', total: '100.00' },
    { invoice_no: '25462000000000000001', seller_name: '乙店', total: '200.50' },
  ])
  expect(readdirSync(folder).filter((name) => !name.endsWith('.csv'))).toEqual([])
  await warehouse.close()
})
