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

/** Takes from the page what its language and browser have learned since Chromium 88. Runs in the browser. */
function forgetWhatCameAfter88(): void {
  const later: readonly (readonly [object, readonly string[]])[] = [
    [Array.prototype, ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with']],
    [String.prototype, ['at', 'isWellFormed', 'toWellFormed']],
    [Object, ['hasOwn', 'groupBy']],
    [Map, ['groupBy']],
    [Array, ['fromAsync']],
    [Promise, ['withResolvers', 'try']],
    [Set.prototype, ['union', 'intersection', 'difference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom']],
    [AbortSignal, ['timeout', 'any']],
    [globalThis, ['structuredClone', 'Iterator']],
    [Crypto.prototype, ['randomUUID']],
    [Element.prototype, ['checkVisibility', 'setHTML', 'togglePopover']],
  ]
  for (const [owner, names] of later) for (const name of names) Reflect.deleteProperty(owner, name)
}

const pages = [
  '/',
  '/alerts',
  '/boards/fiscal',
  '/rules',
  '/rules/ZF12',
  '/units',
  '/libraries/invoices',
  '/wall',
]

test('the console works in a browser that knows only what Chromium 88 knew', async () => {
  const { page, complaints } = await signIn(browser, {
    ...at,
    username: 'jiandu',
    first: forgetWhatCameAfter88,
  })
  for (const path of pages) {
    await page.goto(at.baseUrl + path)
    await page
      .locator(path === '/wall' ? '.wall-box svg' : '.page h1')
      .first()
      .waitFor()
    await page.waitForLoadState('networkidle')
    expect([path, complaints]).toEqual([path, []])
  }
  await page.goto(`${at.baseUrl}/alerts`)
  await page.locator('tbody a').first().click()
  await page.getByText('为何定为这一级别').waitFor()
  expect(complaints).toEqual([])
})
