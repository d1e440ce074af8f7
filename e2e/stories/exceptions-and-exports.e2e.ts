import { readFileSync } from 'node:fs'
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

const shown = (page: Page, text: string) =>
  page.getByText(text, { exact: true }).filter({ visible: true }).first().waitFor()

test('judged normal, proposed as an exception by one person and approved by another', async () => {
  const unit = await signIn(browser, { ...at, username: 'caiwu2' })
  await unit.page.goto(`${at.baseUrl}/unit-alerts?state=dispatched`)
  const first = unit.page.locator('tbody a:visible').first()
  const number = (await first.textContent()) ?? ''
  await first.click()
  await unit.page.getByLabel('情况说明').fill('每月固定发放，手续齐全。')
  await unit.page.getByLabel('联系人及电话').fill('财务科，0898-00000000')
  const proof = { name: '审批单.txt', mimeType: 'text/plain', buffer: Buffer.from('审批单摘录\n') }
  await unit.page.locator('input[type=file]').setInputFiles(proof)
  await unit.page.locator('.ant-upload-list-item-done').waitFor()
  await unit.page.getByRole('button', { name: '提交' }).click()
  await shown(unit.page, '已说明')

  const office = await signIn(browser, { ...at, username: 'jiandu' })
  await office.page.goto(`${at.baseUrl}/alerts?state=explained&text=${number}`)
  await office.page.getByRole('link', { name: number }).click()
  await office.page.getByRole('button', { name: '认定', exact: true }).click()
  const judging = office.page.getByRole('dialog')
  await judging.getByLabel('认定').click()
  await office.page.getByTitle('正常', { exact: true }).click()
  await judging.getByLabel('事由').fill('手续齐全，认定正常。')
  await judging.getByRole('button', { name: '确定' }).click()
  await shown(office.page, '已办结')
  await office.page.getByRole('button', { name: '申请例外' }).click()
  const proposing = office.page.getByRole('dialog')
  await proposing.getByLabel('到期日').fill(dayAhead(90))
  await proposing.getByLabel('到期日').press('Enter')
  await proposing.getByRole('button', { name: '提交审批' }).click()
  await proposing.waitFor({ state: 'detached' })
  await shown(office.page, '待审批')
  const exception = (await office.page.getByRole('link', { name: /^LW/ }).first().textContent()) ?? ''
  // Who proposed it can only take it back.
  await office.page.getByRole('link', { name: exception }).click()
  await office.page.getByRole('button', { name: '撤回' }).waitFor()
  expect(await office.page.getByRole('button', { name: '批准', exact: true }).count()).toBe(0)
  await expectTidy(office)

  const approver = await signIn(browser, { ...at, username: 'shenpi' })
  await approver.page.goto(`${at.baseUrl}/exceptions?standing=proposed`)
  await approver.page.getByText(exception).first().click()
  await approver.page.getByLabel('批准文号').fill('琼纪例〔2026〕90号')
  await approver.page.getByRole('button', { name: '批准', exact: true }).click()
  await approver.page.getByRole('button', { name: '自今日起终止' }).waitFor()
  await expectTidy(approver)

  await office.page.goto(`${at.baseUrl}/exceptions?standing=in_force`)
  await office.page.getByText(exception).first().waitFor()
})

test('a list is taken out with its purpose and its mark, and the auditor finds it in the register', async () => {
  const office = await signIn(browser, { ...at, username: 'jiandu' })
  await office.page.goto(`${at.baseUrl}/alerts?level=red`)
  const totals = office.page.locator('.alert-totals[data-count]')
  await totals.waitFor()
  const count = Number(await totals.getAttribute('data-count'))
  await office.page.getByRole('button', { name: '导出' }).click()
  const asked = office.page.getByRole('dialog')
  await asked.getByRole('button', { name: '导出' }).click()
  await asked.getByText('请填写事由').waitFor()
  await asked.getByText('CSV 文件').click()
  await asked.getByLabel('事由').fill('向分管领导汇报红色预警')
  const downloading = office.page.waitForEvent('download')
  await asked.getByRole('button', { name: '导出' }).click()
  const download = await downloading
  const lines = readFileSync(await download.path(), 'utf8').split('\r\n')
  expect(lines.filter((line) => line.startsWith('YJ'))).toHaveLength(count)
  const mark = /DC\d{11}/.exec(download.suggestedFilename())?.[0] ?? ''
  expect(lines.some((line) => line.includes(mark))).toBe(true)
  await expectTidy(office)

  const auditor = await signIn(browser, { ...at, username: 'shenji' })
  await auditor.page.goto(`${at.baseUrl}/exports?mark=${mark}`)
  const row = auditor.page.locator('tbody tr', { hasText: mark })
  await row.getByText('已完成').waitFor()
  expect(await row.textContent()).toContain('向分管领导汇报红色预警')
  expect(await row.textContent()).toContain(String(count))
  await expectTidy(auditor)
})

test('an explanation request is a sheet of A4 that bears its mark, and its print is in the register', async () => {
  const office = await signIn(browser, { ...at, username: 'jiandu' })
  await office.page.goto(`${at.baseUrl}/alerts?state=dispatched`)
  await office.page.locator('tbody a:visible').first().click()
  await office.page.getByRole('link', { name: '问询单' }).click()
  await office.page.getByLabel('事由').fill('送达被询单位')
  await office.page.getByRole('button', { name: '生成问询单' }).click()
  const sheet = office.page.locator('.sheet')
  await sheet.waitFor()
  const mark = (await sheet.locator('img').getAttribute('alt')) ?? ''
  const text = (await sheet.textContent()) ?? ''
  for (const part of ['预警核查问询单', '内部', '被询单位', '答复期限', '情况说明', mark])
    expect(text).toContain(part)
  const pdf = (await office.page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf).toContain('/MediaBox [0 0 594.95996 841.91998]')
  expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1)

  const auditor = await signIn(browser, { ...at, username: 'shenji' })
  await auditor.page.goto(`${at.baseUrl}/exports?form=paper`)
  await auditor.page.locator('tbody tr', { hasText: mark }).waitFor()
})

function dayAhead(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}
