import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openBrowser } from '../browser.ts'
import { expectTidy, signIn } from '../visitor.ts'

const at = { baseUrl: inject('baseUrl'), dataFolder: inject('dataFolder') }
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

test('a unit answers an alert, the office judges it, the unit rectifies, the office closes it', async () => {
  const unit = await signIn(browser, { ...at, username: 'caiwu1' })
  await unit.page.getByRole('link', { name: '本单位预警' }).click()
  await unit.page.waitForSelector('tbody a:visible')
  const number = await unit.page.locator('tbody a:visible').first().textContent()
  await unit.page.locator('tbody a:visible').first().click()
  await unit.page.getByLabel('情况说明').fill('经核对，该笔支付凭证齐全，现附说明。')
  await unit.page.getByRole('button', { name: '提交' }).click()
  await unit.page.getByText('已说明', { exact: true }).filter({ visible: true }).first().waitFor()
  await expectTidy(unit)

  const office = await signIn(browser, { ...at, username: 'jiandu' })
  await office.page.goto(`${at.baseUrl}/alerts?state=explained`)
  await office.page.getByRole('link', { name: number ?? '' }).click()
  await office.page.getByText('经核对，该笔支付凭证齐全').waitFor()
  await office.page.getByRole('button', { name: '认定', exact: true }).click()
  await office.page.getByRole('dialog').getByLabel('认定').click()
  await office.page.getByTitle('违规', { exact: true }).click()
  await office.page.getByRole('dialog').getByLabel('违规类型').click()
  await office.page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click()
  await office.page.getByRole('dialog').getByLabel('事由').fill('凭证与事实不符，责令退回。')
  await office.page.getByRole('dialog').getByRole('button', { name: '确定' }).click()
  await office.page.getByText('整改中', { exact: true }).filter({ visible: true }).first().waitFor()
  await expectTidy(office)

  await unit.page.reload()
  await unit.page.getByLabel('情况说明').fill('款项已退回国库。')
  await unit.page.getByLabel('追回金额（元）').fill('1200.50')
  await unit.page.getByRole('button', { name: '提交' }).click()
  await unit.page.getByText('已报整改', { exact: true }).filter({ visible: true }).first().waitFor()

  await office.page.reload()
  await office.page.getByRole('button', { name: '确认整改并销号' }).click()
  await office.page.getByRole('dialog').getByLabel('事由').fill('回单已核对。')
  await office.page.getByRole('dialog').getByRole('button', { name: '确定' }).click()
  await office.page.getByText('已办结', { exact: true }).filter({ visible: true }).first().waitFor()
  expect(await office.page.getByText('款项已退回国库。').count()).toBeGreaterThan(0)
})

test('nobody finds what is not his: the city sees the city, administrators see no business', async () => {
  const city = await signIn(browser, { ...at, username: 'haikoujd' })
  const rows = (await city.page.evaluate(async () => (await fetch('/api/v1/alerts?limit=200')).json())) as {
    items: { unitName: string }[]
  }
  expect(rows.items.length).toBeGreaterThan(0)
  expect(rows.items.every(({ unitName }) => /^(海口市|秀英区|龙华区|琼山区|美兰区)/.test(unitName))).toBe(
    true,
  )
  const administrator = await signIn(browser, { ...at, username: 'xitong' })
  const status = await administrator.page.evaluate(async () => (await fetch('/api/v1/alerts')).status)
  expect(status).toBe(403)
})

test('every page is tidy in Chinese and in English', async () => {
  for (const language of ['zh', 'en'] as const) {
    const office = await signIn(browser, { ...at, username: 'zhuren', language })
    for (const path of ['/', '/alerts', '/alerts?level=red&sort=amount']) {
      await office.page.goto(at.baseUrl + path)
      await office.page.waitForSelector(
        path === '/' ? '.month-figures b a' : 'tbody tr.ant-table-row:visible',
      )
      await expectTidy(office)
    }
    await office.page.locator('tbody a:visible').first().click()
    await office.page.waitForSelector('.sentence')
    await expectTidy(office)
  }
})
