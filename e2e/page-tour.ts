/// <reference lib="dom" />

import type { Page } from 'playwright-core'
import type { ShownPage } from './pages.ts'

/** Goes to a page of the list and waits until it shows what it has. */
export async function openPage(page: Page, baseUrl: string, shown: ShownPage): Promise<void> {
  await page.goto(baseUrl + shown.path)
  if (shown.first) await page.locator('tbody a:visible').first().click()
  if (shown.onward) await page.locator(`a[href$="${shown.onward}"]:visible`).click()
  if (shown.reason) {
    const asked = page.locator('.asked-why:visible')
    await asked.locator('input').first().fill('核查问题线索')
    await asked.locator('button[type=submit]').click()
  }
  await page
    .locator(shown.ready ? `${shown.ready} >> visible=true` : 'main h1:visible')
    .first()
    .waitFor()
  await settled(page)
}

/** Until nothing loads any more, the fonts are there and the page is drawn. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page
    .locator('.ant-spin-spinning:visible, .ant-skeleton-active:visible')
    .first()
    .waitFor({ state: 'detached' })
  await page.evaluate(async () => {
    await document.fonts.ready
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  })
}
