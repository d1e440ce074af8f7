/// <reference lib="dom" />

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'

export interface Visitor {
  readonly page: Page
  /** What went wrong in the browser, and every address outside our own that was asked for. */
  readonly complaints: string[]
}

interface Account {
  readonly username: string
  readonly password: string
}

/** Opens a page of its own and signs in as a demo account; in Chinese unless said otherwise. */
export async function signIn(
  browser: Browser,
  at: {
    baseUrl: string
    dataFolder: string
    username: string
    width?: number
    language?: 'zh' | 'en'
    /** Runs in every page before anything else of it. */
    first?: () => void
  },
): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: at.width ?? 1440, height: 900 } })
  if (at.first) await context.addInitScript(at.first)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(at.baseUrl))
      complaints.push(request.url())
  })
  if (at.language) {
    await page.addInitScript((language) => localStorage.setItem('qingfeng-language', language), at.language)
  }
  const accounts = JSON.parse(readFileSync(join(at.dataFolder, 'demo-accounts.json'), 'utf8')) as Account[]
  const account = accounts.find(({ username }) => username === at.username)!
  await page.goto(at.baseUrl)
  await page.fill('input[autocomplete=username]', account.username)
  await page.fill('input[autocomplete=current-password]', account.password)
  await page.click('button[type=submit]')
  await page.waitForSelector('aside')
  return { page, complaints }
}

/** Nothing sticks out of the page to the side, and no key of a text stands where its text should. */
export async function expectTidy({ page, complaints }: Visitor): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBeLessThanOrEqual(0)
  const text = await page.evaluate(() => document.body.textContent ?? '')
  expect(text).not.toMatch(/\b(kit|shell|session|alerts|workbench)\.\w+(\.\w+)*/)
  expect(complaints).toEqual([])
}
