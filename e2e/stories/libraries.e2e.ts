import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openBrowser } from '../browser.ts'
import { signIn } from '../visitor.ts'

const at = { baseUrl: inject('baseUrl'), dataFolder: inject('dataFolder') }
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

test('a facet narrows the list to as many as it says, and what is narrowed is kept as a view', async () => {
  const { page } = await signIn(browser, { ...at, username: 'haikoujd' })
  await page.goto(`${at.baseUrl}/alerts?pack=fiscal`)
  const red = page.getByRole('region', { name: '级别' }).getByRole('button').filter({ hasText: '红色' })
  const count = Number((await red.textContent())?.match(/\d+/)?.[0])
  await red.click()
  await page.waitForURL(/level=red/)
  await page.locator(`.alert-totals[data-count="${count}"]`).waitFor()
  await page.getByRole('button', { name: '保存为视图' }).click()
  await page.getByLabel('视图名称').fill('财政红色')
  await page.getByRole('button', { name: '确定' }).click()
  await page.getByRole('tab', { name: '财政红色' }).waitFor()
  await page.getByRole('tab', { name: '全部' }).click()
  await page.waitForURL(/\/alerts$/)
  await page.reload()
  await page.getByRole('tab', { name: '财政红色' }).click()
  await page.waitForURL(/level=red/)
  await page.getByRole('tab', { name: '财政红色' }).locator('..').getByRole('button').click()
  await page.getByRole('tab', { name: '财政红色' }).waitFor({ state: 'detached' })
})

test('an invoice leads to its seller as registered, and the seller back to its invoices', async () => {
  const { page, complaints } = await signIn(browser, { ...at, username: 'haikoujd' })
  await page.goto(`${at.baseUrl}/libraries/invoices`)
  await page.locator('tbody a:visible').first().click()
  await page.locator('.wide-facts:visible a').first().click()
  await page.getByText('向单位开具的发票').waitFor()
  await page.locator('section:has-text("向单位开具的发票") tbody a').first().click()
  await page.waitForURL(/\/libraries\/invoices\?seller=/)
  await page.locator('tbody a:visible').first().waitFor()
  expect(complaints).toEqual([])
})

test('the watch list shows nothing before a reason, masks names, and shows them in full for another reason', async () => {
  const { page } = await signIn(browser, { ...at, username: 'jiandu' })
  await page.goto(`${at.baseUrl}/libraries/watch-list`)
  await page.getByRole('button', { name: '查询' }).click()
  await page.getByText('请填写事由').waitFor()
  expect(await page.locator('tbody button').count()).toBe(0)
  await page.getByLabel('事由').fill('核查问题线索')
  await page.getByRole('button', { name: '查询' }).click()
  const first = page.locator('tbody button').first()
  expect(await first.textContent()).toMatch(/^.＊+$/)
  await first.click()
  const drawer = page.getByRole('dialog', { name: '监督名单人员' })
  await drawer
    .getByText(/4699\*{10}/)
    .first()
    .waitFor()
  const asked = page.getByRole('dialog', { name: '查看完整信息' })
  await drawer.getByRole('button', { name: '查看完整信息' }).click()
  await asked.getByLabel('事由').fill('制作谈话提纲')
  await page.getByRole('button', { name: '确定' }).click()
  await drawer
    .getByText(/^4699\d{13}[\dX]$/)
    .first()
    .waitFor()
})

test('who does not watch has no watch list, and administrators have no library at all', async () => {
  const finance = await signIn(browser, { ...at, username: 'caizheng' })
  expect(await finance.page.getByRole('link', { name: '发票信息库' }).count()).toBe(1)
  expect(await finance.page.getByRole('link', { name: '监督名单库' }).count()).toBe(0)
  const administrator = await signIn(browser, { ...at, username: 'xitong' })
  expect(await administrator.page.getByRole('link', { name: '发票信息库' }).count()).toBe(0)
})
