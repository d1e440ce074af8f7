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

test('a unit is renamed from a day on, a post is given and ended, and the office sees all of it masked', async () => {
  const { page, complaints } = await signIn(browser, { ...at, username: 'xitong' })
  await page.goto(`${at.baseUrl}/organisation?unit=001050`)
  await page.locator('.chosen-name').waitFor()
  const before = (await page.locator('.chosen-name').textContent())!
  await page.getByRole('button', { name: '更名' }).click()
  await page.getByLabel('新名称').fill(`${before}（更名）`)
  await page.getByLabel('文号').fill('编办〔2026〕12号')
  await page.getByLabel('事由').fill('机构改革')
  await page.getByRole('button', { name: '确定' }).click()
  await page.locator('.chosen-name', { hasText: '（更名）' }).waitFor()
  await page.locator('.ant-timeline', { hasText: before }).waitFor()
  await page.getByRole('cell', { name: '编办〔2026〕12号' }).waitFor()

  await page.getByRole('button', { name: '设置职务' }).click()
  await page.getByRole('dialog').getByLabel('职务').fill('总会计师')
  await page.getByRole('button', { name: '确定' }).click()
  const row = page.locator('tbody tr', { hasText: '总会计师' })
  await row.getByRole('button', { name: '任职' }).click()
  await page.getByLabel('姓名').fill('钟毓秀')
  await page.getByLabel('公民身份号码').fill('469999198505050021')
  await page.getByLabel('事由').fill('经研究决定')
  await page.getByRole('button', { name: '确定' }).click()
  await row.getByRole('link', { name: '钟＊＊' }).waitFor()
  expect(complaints).toEqual([])
  await page.context().close()

  const office = await signIn(browser, { ...at, username: 'jiandu' })
  await office.page.goto(`${at.baseUrl}/units/001050`)
  expect(await office.page.getByRole('button', { name: '更名' }).count()).toBe(0)
  await office.page.getByRole('link', { name: '钟＊＊' }).click()
  await office.page.locator('.person-posts', { hasText: '总会计师' }).waitFor()
  await office.page.getByRole('button', { name: '查看完整信息' }).click()
  await office.page.getByLabel('事由').fill('核对任职')
  await office.page.getByRole('button', { name: '确定' }).click()
  await office.page.getByRole('heading', { name: '钟毓秀' }).waitFor()
  await office.page.getByText('469999198505050021').waitFor()
  expect(office.complaints).toEqual([])
  await office.page.context().close()
})
