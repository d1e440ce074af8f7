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

for (const [language, width] of [
  ['zh', 1440],
  ['en', 390],
] as const) {
  test(`the pages of rules are tidy in ${language} on ${width} pixels`, async () => {
    const visitor = await signIn(browser, { ...at, username: 'guize', language, width })
    const paths = ['/rules', '/rules/ZF12', '/rules/R01', '/keywords', '/decision-tables', '/rule-proposals']
    for (const path of paths) {
      await visitor.page.goto(at.baseUrl + path)
      await visitor.page.locator('.page h1:visible').waitFor()
      await visitor.page.locator('.ant-spin-spinning').first().waitFor({ state: 'detached' })
      await expectTidy(visitor)
      expect(await visitor.page.locator('.page').textContent()).not.toMatch(/\brules\.[a-z]\w+/)
    }
  })
}

test('a threshold is proposed by one person, approved by another, and kept with both names', async () => {
  const editor = await signIn(browser, { ...at, username: 'guize' })
  await editor.page.goto(`${at.baseUrl}/rules/ZF10`)
  await editor.page.getByRole('button', { name: '变更参数' }).click()
  const dialog = editor.page.getByRole('dialog')
  await dialog.getByLabel('单笔限额').fill('2000')
  await dialog.getByLabel('事由').fill('省厅通知调整现金限额')
  await dialog.getByRole('button', { name: '提交审批' }).click()
  await editor.page.getByText('有一项变更正在等待审批').waitFor()
  expect(await editor.page.getByRole('button', { name: '变更参数' }).count()).toBe(0)

  const approver = await signIn(browser, { ...at, username: 'shenpi' })
  await approver.page.getByRole('button', { name: /^消息/ }).click()
  await approver.page.getByText('规则变更待审批：ZF10').first().click()
  const drawer = approver.page.locator('.ant-drawer')
  await drawer.getByText('省厅通知调整现金限额').waitFor()
  expect(await drawer.locator('.changes').textContent()).toContain('1,000 元')
  expect(await drawer.locator('.changes').textContent()).toContain('2,000 元')
  await drawer.getByRole('button', { name: /^批\s?准$/ }).click()
  await approver.page.getByRole('dialog').getByLabel('事由').fill('同意')
  await approver.page.getByRole('dialog').getByRole('button', { name: '确定' }).click()
  await approver.page.getByText('已批准').first().waitFor()

  await editor.page.reload()
  await editor.page.getByRole('tab', { name: '版本 2' }).click()
  const newest = editor.page.locator('.versions > li').first()
  expect(await newest.textContent()).toMatch(
    /第 1 版[\s\S]*现行[\s\S]*苏文博[\s\S]*谢慎行[\s\S]*省厅通知调整现金限额/,
  )
  await expectTidy(editor)
})

test('a line is tried against the words, and a draft of them before it is filed', async () => {
  const { page } = await signIn(browser, { ...at, username: 'guize' })
  await page.goto(`${at.baseUrl}/keywords?group=tobacco`)
  await page.getByLabel('项目名称').fill('厨房油烟机')
  await page.getByRole('button', { name: /^判\s?断$/ }).click()
  await page.getByText('被排除词取消：油烟（烟）').waitFor()
  await page.getByLabel('项目名称').fill('钻石荷花')
  await page.getByRole('button', { name: /^判\s?断$/ }).click()
  await page.getByText('没有分组命中这一行').waitFor()
  await page.locator('.word-list input').first().fill('钻石荷花')
  await page
    .locator('.word-list')
    .first()
    .getByRole('button', { name: /^添\s?加$/ })
    .click()
  await page.getByText('按未提交的修改判断').waitFor()
  await page.getByRole('button', { name: /^判\s?断$/ }).click()
  await page.locator('.try-line .level.red').waitFor()
})

test('units and administrators find no page of rules', async () => {
  for (const username of ['caiwu1', 'xitong']) {
    const { page } = await signIn(browser, { ...at, username })
    expect(await page.getByRole('link', { name: '规则' }).count()).toBe(0)
    expect(await page.evaluate(async () => (await fetch('/api/v1/rules')).status)).toBe(403)
  }
})
