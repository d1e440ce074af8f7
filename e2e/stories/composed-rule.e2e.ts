/// <reference lib="dom" />

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openBrowser } from '../browser.ts'
import { expectTidy, signIn } from '../visitor.ts'

const at = { baseUrl: inject('baseUrl'), dataFolder: inject('dataFolder') }
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

async function choose(page: Page, place: number, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).nth(place).click()
  await page
    .locator('.ant-select-dropdown:visible .ant-select-item-option')
    .filter({ hasText: text })
    .first()
    .click()
  await page
    .locator('.ant-select-dropdown:visible')
    .waitFor({ state: 'detached' })
    .catch(() => {})
}

const examples = [
  { button: '增加应命中样例', amount: '20000.00', purpose: '年度工作会议', name: '正好两万' },
  { button: '增加应命中样例', amount: '35000', purpose: '会议场租', name: '三万五' },
  { button: '增加不应命中样例', amount: '19999.99', purpose: '会议场租', name: '差一分' },
  { button: '增加不应命中样例', amount: '50000', purpose: '设备采购', name: '不是会议' },
]

test('a rule is composed without SQL, checked on both engines, replayed, and put in force by another person', async () => {
  const visitor = await signIn(browser, { ...at, username: 'guize' })
  const { page } = visitor
  await page.goto(`${at.baseUrl}/composed-rules/new`)
  await page.locator('.ruleGroup').waitFor()
  await page.fill('#title-zh', '大额会议费')
  await page.fill('#title-en', 'Large meeting expenses')
  await page.getByRole('button', { name: '加条件', exact: true }).click()
  await choose(page, 0, '数据列', '支付金额')
  await choose(page, 0, '比较方式', '不低于')
  await page.getByLabel('值', { exact: true }).nth(0).fill('20000')
  await page.getByRole('button', { name: '加条件', exact: true }).click()
  await choose(page, 1, '数据列', '用途')
  await choose(page, 1, '比较方式', '包含')
  await page.getByLabel('值', { exact: true }).nth(1).fill('会议')
  await page.fill('#message-zh', '{on_date}支付{amount}元，疑似大额会议费。')
  await page.fill('#message-en', 'On {on_date} {amount} yuan were paid: a suspected large meeting expense.')
  await page.getByLabel('依据（中文）').fill('会议费管理办法')
  await page.getByLabel('依据（英文）').fill('Rules on meeting expenses')
  for (const [place, { button, amount, purpose, name }] of examples.entries()) {
    await page.getByRole('button', { name: button }).click()
    const row = page.locator('.example-table tbody tr').nth(place)
    await row.getByLabel('说明（中文）').fill(name)
    await row.getByLabel('说明（英文）').fill(`example ${place + 1}`)
    await row.getByLabel('支付金额（元）').fill(amount)
    await row.getByLabel('用途').fill(purpose)
  }
  await page.locator('.composed-foot button').first().click()
  await page.getByText('4 个样例在两种数据库上均与预期一致').waitFor()
  await expectTidy(visitor)
  await page.getByRole('button', { name: '保存草稿' }).click()
  await page.waitForURL(/composed-rules\/ZD\d+$/)
  const code = page.url().split('/').at(-1)!
  await page.getByRole('button', { name: /^提\s?出$/ }).click()
  await page.locator('.ant-modal textarea').fill('近期会议费偏高')
  await page.locator('.ant-modal .ant-btn-primary').click()
  await page.getByText('试运行，待审批').first().waitFor()
  expect(await page.getByRole('button', { name: '批准运行' }).count()).toBe(0)

  await page.goto(`${at.baseUrl}/rule-replays/new?rule=${code}`)
  await page.getByRole('button', { name: '开始回放' }).click()
  await page.locator('.level-matrix').waitFor({ timeout: 60_000 })
  await expectTidy(visitor)

  const approver = await signIn(browser, { ...at, username: 'shenpi' })
  await approver.page.goto(`${at.baseUrl}/composed-rules/${code}`)
  await approver.page.getByRole('button', { name: '批准运行' }).click()
  await approver.page.locator('.ant-modal textarea').fill('同意运行')
  await approver.page.locator('.ant-modal .ant-btn-primary').click()
  await approver.page.getByText('正式运行').first().waitFor()
  await expectTidy(approver)
})
