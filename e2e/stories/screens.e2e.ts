/// <reference lib="dom" />

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openBrowser } from '../browser.ts'
import { faultsOf, keyboardFaults } from '../page-faults.ts'
import { openPage, settled } from '../page-tour.ts'
import { languages, pages, widths } from '../pages.ts'
import { signIn } from '../visitor.ts'

const at = { baseUrl: inject('baseUrl'), dataFolder: inject('dataFolder') }
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const visitors = [...new Set(pages.flatMap(({ username }) => (username ? [username] : [])))]

/** What is wrong with the pages of somebody, on both widths. */
async function faultsOn(page: Page, username: string | undefined, language: 'zh' | 'en') {
  const found: string[] = []
  for (const shown of pages.filter((one) => one.username === username)) {
    await openPage(page, at.baseUrl, shown)
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 })
      await settled(page)
      const faults = await faultsOf(page, language)
      found.push(...faults.map((fault) => `${shown.name} on ${width}: ${fault}`))
    }
    await page.setViewportSize({ width: widths[0], height: 900 })
  }
  return found
}

for (const language of languages) {
  for (const username of visitors) {
    test(`every page of ${username} is whole, translated and drawn in ${language} on both widths`, async () => {
      const { page, complaints } = await signIn(browser, { ...at, username, language })
      expect(await faultsOn(page, username, language)).toEqual([])
      expect(complaints).toEqual([])
      await page.context().close()
    }, 600_000)
  }

  test(`what is shown before signing in is whole, translated and drawn in ${language}`, async () => {
    const page = await (await browser.newContext()).newPage()
    await page.addInitScript((chosen) => localStorage.setItem('qingfeng-language', chosen), language)
    expect(await faultsOn(page, undefined, language)).toEqual([])
    await page.context().close()
  })
}

test('the description of the interface says that it is that of a demo', async () => {
  const answer = await fetch(`${at.baseUrl}/api/docs`)
  expect(await answer.text()).toContain('<div class="demo-ribbon">演示')
})

for (const username of visitors) {
  test(`the pages of ${username} are used without a mouse`, async () => {
    const { page } = await signIn(browser, { ...at, username })
    const found: string[] = []
    for (const shown of pages.filter((one) => one.username === username)) {
      await openPage(page, at.baseUrl, shown)
      found.push(...(await keyboardFaults(page)).map((fault) => `${shown.name}: ${fault}`))
    }
    expect(found).toEqual([])
    await page.context().close()
  }, 600_000)
}

test('the checks find what they look for', async () => {
  const { page } = await signIn(browser, { ...at, username: 'jiandu', language: 'en' })
  await openPage(page, at.baseUrl, { name: 'workbench', path: '/' })
  await page.evaluate(() => {
    document.querySelector('main')?.insertAdjacentHTML(
      'beforeend',
      `<p style="width:2000px">alerts.states.raised</p><p style="width:20px;overflow:hidden;white-space:nowrap">cut off</p>
      <p>待下发</p><p>\u{F0000}</p>`,
    )
    document.querySelector('.demo-ribbon')?.remove()
  })
  const faults = (await faultsOf(page, 'en')).join('\n')
  for (const part of [
    'does not say that it shows a demo',
    'sticks out',
    'cut off',
    'a key is shown',
    'not in en: 待下发',
    'no shipped font has: \u{F0000}',
  ]) {
    expect(faults).toContain(part)
  }
})
