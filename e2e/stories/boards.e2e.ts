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

interface Led {
  readonly address: string
  readonly count: number
}

/** Every figure on the page with the list it leads to, all charts turned into their tables. */
async function figuresOf(page: Page): Promise<readonly Led[]> {
  await page.locator('.province-grid, .division-row').first().waitFor()
  const shown = await figuresInSight(page)
  const charts = page.locator('.board-panel button[aria-pressed=false]')
  while ((await charts.count()) > 0) await charts.first().click()
  const behind = await figuresInSight(page)
  return [...new Map([...shown, ...behind].map((led) => [sorted(led.address), led])).values()]
}

/** The same conditions in another order are the same list. */
const sorted = (address: string) => address.slice('/alerts?'.length).split('&').sort().join('&')

function figuresInSight(page: Page): Promise<readonly Led[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>('a[data-count]')].map((link) => ({
      address: link.getAttribute('href') ?? '',
      count: Number(link.dataset.count),
    })),
  )
}

/** What the list of alerts says it holds. It is gone to as by a link, without loading the console anew. */
async function totalOf(page: Page, address: string): Promise<number> {
  const answered = page.waitForResponse((response) => response.url().includes('/api/v1/alerts?'))
  await page.evaluate((next) => {
    history.pushState(null, '', next)
    dispatchEvent(new PopStateEvent('popstate'))
  }, address)
  await (await answered).finished()
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
  const note = page.locator('.page-head .note:visible').filter({ hasText: /^\D*\d+\D*$/ })
  await note.waitFor()
  return Number((await note.textContent())?.match(/\d+/)?.[0])
}

for (const [username, address, fewest] of [
  ['jiandu', '/boards/fiscal?period=year', 60],
  ['haikoujd', '/boards/fiscal?period=year', 20],
] as const) {
  test(`every figure on the board of ${username} is the number of the list it leads to`, async () => {
    const visitor = await signIn(browser, { ...at, username })
    await visitor.page.goto(at.baseUrl + address)
    const figures = await figuresOf(visitor.page)
    expect(figures.length).toBeGreaterThan(fewest)
    await expectTidy(visitor)
    for (const figure of figures) {
      expect({ ...figure, count: await totalOf(visitor.page, figure.address) }).toEqual(figure)
    }
  }, 600_000)
}

test('a bar of a chart leads to its rows', async () => {
  const { page } = await signIn(browser, { ...at, username: 'jiandu' })
  await page.goto(`${at.baseUrl}/boards/fiscal`)
  const rules = page.getByRole('region', { name: '按规则' })
  await rules.getByRole('img').locator('svg path[fill="#0F5E6B"]').first().click()
  await page.waitForURL(/\/alerts\?.*rule=/)
})

test('the period is part of the address, and a city of the grid has a board of its own', async () => {
  const { page } = await signIn(browser, { ...at, username: 'jiandu' })
  await page.goto(`${at.baseUrl}/boards/fiscal`)
  await page.getByText('本季度', { exact: true }).click()
  await page.waitForURL(/period=quarter/)
  await page.getByRole('link', { name: '海口', exact: true }).click()
  await page.waitForURL(/under=46\.01/)
  await page.locator('.division-row').waitFor()
  expect(await page.locator('.page-head .note').textContent()).toContain('海口市')
})

test('the wall shows no person’s name and is read by those who may see alerts only', async () => {
  const { page } = await signIn(browser, { ...at, username: 'jiandu' })
  await page.setViewportSize({ width: 1920, height: 1080 })
  await page.goto(`${at.baseUrl}/wall`)
  await page.locator('.province-grid').waitFor()
  expect(await page.locator('body').textContent()).not.toContain('周知远')
  expect(await page.locator('.watermark').count()).toBe(1)
  const sizes = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.scrollHeight,
  ])
  expect(sizes).toEqual([1920, 1080])
  const administrator = await signIn(browser, { ...at, username: 'xitong' })
  await administrator.page.goto(`${at.baseUrl}/wall`)
  await administrator.page.getByText('您的角色不能查看预警大屏').waitFor()
})
