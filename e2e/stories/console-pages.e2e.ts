/// <reference lib="dom" />

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

test('a page that is left half-filled is found again as it was', async () => {
  const { page } = await signIn(browser, { ...at, username: 'jiandu' })
  await page.goto(`${at.baseUrl}/units`)
  await page.getByLabel('名称、编码或统一社会信用代码').fill('教育')
  await page.getByRole('link', { name: '工作日历' }).click()
  await page.locator('.month:visible').first().waitFor()
  await page.getByRole('tab', { name: '单位' }).click()
  expect(await page.getByLabel('名称、编码或统一社会信用代码').inputValue()).toBe('教育')
})

test('rare characters in names come from a shipped font', async () => {
  const { page } = await signIn(browser, { ...at, username: 'jiandu' })
  const inspector = await page.context().newCDPSession(page)
  await inspector.send('DOM.enable')
  await inspector.send('CSS.enable')
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<p id="rare">㐂𠮷䶮嗀𤭢</p>')
    return document.fonts.load('16px "LXGW WenKai"', '㐂𠮷䶮嗀𤭢')
  })
  const { root } = await inspector.send('DOM.getDocument')
  const { nodeId } = await inspector.send('DOM.querySelector', { nodeId: root.nodeId, selector: '#rare' })
  const { fonts } = await inspector.send('CSS.getPlatformFontsForNode', { nodeId })
  expect(fonts.map(({ familyName, isCustomFont }) => [familyName, isCustomFont])).toEqual([
    ['LXGW WenKai', true],
  ])
})
