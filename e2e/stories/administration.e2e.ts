import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { auditVerify } from '../../server/src/house/commands/audit.ts'
import { openBrowser } from '../browser.ts'
import { expectTidy, signIn } from '../visitor.ts'

const at = { baseUrl: inject('baseUrl'), dataFolder: inject('dataFolder') }
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

async function decided(page: Page, button: string, reason: string) {
  const asked = page.getByRole('dialog')
  await asked.getByLabel('事由').fill(reason)
  await asked.getByRole('button', { name: button }).click()
  await asked.waitFor({ state: 'detached' })
}

test('a token is asked for and shown once, approved by another from his workbench, and revoked', async () => {
  const name = '预算一体化系统（试报送）'
  const system = await signIn(browser, { ...at, username: 'xitong' })
  await system.page.goto(`${at.baseUrl}/api-tokens`)
  await system.page.getByRole('button', { name: '申请令牌' }).click()
  const form = system.page.getByRole('dialog')
  await form.getByLabel('用途名称').fill(name)
  await form.getByLabel('报送范围').click()
  await system.page.locator('.ant-select-item-option:visible').first().click()
  await form.getByLabel('数据集').fill('支付')
  await form.getByLabel('数据集').press('Enter')
  await form.getByLabel('最后有效日').fill(dayAhead(90))
  await form.getByLabel('最后有效日').press('Enter')
  const once = system.page.getByRole('dialog', { name: '接口令牌' })
  // Enter in the field may have sent the form already.
  const ask = form.getByRole('button', { name: '申请令牌' })
  await Promise.race([once.waitFor(), ask.click().catch(() => once.waitFor())])
  const token = (await once.locator('code').textContent()) ?? ''
  expect(token).toMatch(/^qf_[\w-]{43}$/)
  await once.getByRole('button', { name: '已交付，关闭' }).click()
  const own = system.page.locator('tbody tr', { hasText: name })
  await own.getByText('待审批').waitFor()
  expect(await own.getByRole('button', { name: '批准' }).count()).toBe(0)
  expect(await system.page.content()).not.toContain(token)

  const security = await signIn(browser, { ...at, username: 'anquan' })
  await security.page
    .getByRole('link', { name: new RegExp(name.slice(0, 7)) })
    .first()
    .click()
  const row = security.page.locator('tbody tr', { hasText: name })
  await row.locator('button').first().click()
  await decided(security.page, '确定', '已核对报送协议')
  await row.getByText('有效', { exact: true }).waitFor()
  await expectTidy(security)

  await system.page.getByRole('button', { name: '刷新' }).first().click()
  await own.getByRole('button', { name: '撤销' }).click()
  await system.page.locator('.ant-popconfirm').getByRole('button', { name: '撤销' }).click()
  await own.getByText('已撤销').waitFor()
  await expectTidy(system)
})

test('the security administrator changes the sign-in rules with a reason; the others read them', async () => {
  const security = await signIn(browser, { ...at, username: 'anquan' })
  await security.page.goto(`${at.baseUrl}/identity-policy`)
  const failures = security.page.getByLabel('同一账号连续失败几次后锁定')
  const before = await failures.inputValue()
  const wanted = before === '4' ? '5' : '4'
  await failures.fill('99')
  await security.page.getByRole('button', { name: '修改策略' }).click()
  await security.page.locator('.ant-form-item-explain-error').waitFor()
  await failures.fill(wanted)
  await security.page.getByRole('button', { name: '修改策略' }).click()
  await decided(security.page, '确定', '等级保护测评整改')
  const latest = security.page.locator('.ant-table-row').first()
  await latest.getByText('等级保护测评整改').waitFor()
  expect(await latest.textContent()).toContain(`${before} → ${wanted}`)
  await expectTidy(security)

  const auditor = await signIn(browser, { ...at, username: 'shenji' })
  await auditor.page.goto(`${at.baseUrl}/identity-policy`)
  await auditor.page.getByText('等级保护测评整改').first().waitFor()
  expect(await auditor.page.getByRole('button', { name: '修改策略' }).count()).toBe(0)
  await expectTidy(auditor)
})

test('the auditor takes a checkpoint and the log out, and the command verifies them as they are', async () => {
  const auditor = await signIn(browser, { ...at, username: 'shenji' })
  await auditor.page.goto(`${at.baseUrl}/audit`)
  const taken = async (act: () => Promise<unknown>) => {
    const downloading = auditor.page.waitForEvent('download')
    await act()
    return (await downloading).path()
  }
  const checkpoint = await taken(() => auditor.page.getByRole('button', { name: '导出检查点' }).click())
  await auditor.page.getByRole('button', { name: '导出日志' }).click()
  const log = await taken(() => decided(auditor.page, '确定', '月度离线校验'))
  const said: string[] = []
  const output = { print: (line: string) => said.push(line), complain: () => {} }
  expect([await auditVerify.run(output, { log, checkpoint }), said]).toEqual([
    0,
    [expect.stringContaining('"good":true')],
  ])
  await auditor.page.getByRole('cell', { name: '导出审计日志' }).first().waitFor()
  await expectTidy(auditor)
})

function dayAhead(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}
