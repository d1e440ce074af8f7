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

/** The figures that lead to drawn records or to alerts, with what they count. */
function figuresOf(page: Page): Promise<readonly { address: string; count: number }[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>('a[data-count]')].map((link) => ({
      address: link.getAttribute('href') ?? '',
      count: Number(link.dataset.count),
    })),
  )
}

async function totalAt(page: Page, address: string): Promise<number> {
  await page.goto(at.baseUrl + address)
  const note = page.locator('.page-head .note:visible').filter({ hasText: /\d/ })
  await note.waitFor()
  return Number((await note.textContent())?.match(/\d+/)?.[0])
}

test('every kind of figure of the rules’ quality leads to as many rows as it says', async () => {
  const visitor = await signIn(browser, { ...at, username: 'jiandu' })
  const { page } = visitor
  await page.goto(`${at.baseUrl}/rule-quality?pack=fiscal&month=2026-09`)
  await page.locator('a[data-count][href^="/sample-items"]').first().waitFor()
  await page.locator('a[data-count][href^="/alerts"]').first().waitFor()
  await expectTidy(visitor)
  const figures = await figuresOf(page)
  const samples = figures.filter(({ address }) => address.startsWith('/sample-items'))
  const alerts = figures.filter(({ address }) => address.startsWith('/alerts')).slice(0, 6)
  expect(samples.length).toBeGreaterThan(1)
  expect(alerts.length).toBe(6)
  for (const { address, count } of [...samples, ...alerts]) {
    expect([address, await totalAt(page, address)]).toEqual([address, count])
  }
})

test('an officer finds what the rules missed in a drawn record, and the rate says so', async () => {
  const { page } = await signIn(browser, { ...at, username: 'jiandu' })
  const missed = async () => {
    const rates = await page.request.get(`${at.baseUrl}/api/v1/sample-rates`)
    const { months } = (await rates.json()) as { months: { pack: string; month: string; missed: number }[] }
    return months.find(({ pack, month }) => pack === 'fiscal' && month === '2026-09')!.missed
  }
  const before = await missed()
  await page.goto(`${at.baseUrl}/sample-items?pack=fiscal&month=2026-09&outcome=no_finding`)
  await page.locator('tbody a').first().click()
  await page.getByText('漏判', { exact: true }).click()
  await page.locator('.ant-form .ant-select:visible').click()
  await page.keyboard.type('ZF16')
  await page.keyboard.press('Enter')
  await page.locator('.ant-form textarea:visible').fill('附件为礼品清单，敏感用途规则应当命中。')
  await page.getByRole('button', { name: '保存复核结果' }).click()
  await page.locator('.page-head .level.red:visible').waitFor()
  expect(await missed()).toBe(before + 1)
})
