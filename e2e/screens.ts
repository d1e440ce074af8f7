/// <reference lib="dom" />

/**
 * Takes `docs/screens/*.png` of every page from a running demo: `node e2e/screens.ts --base URL --data DATA_DIR`.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openBrowser } from './browser.ts'
import { openPage, settled } from './page-tour.ts'
import { languages, pages, widths } from './pages.ts'
import { signIn } from './visitor.ts'

const { values } = parseArgs({ options: { base: { type: 'string' }, data: { type: 'string' } } })
if (!values.base || !values.data) throw new Error('usage: node e2e/screens.ts --base URL --data DATA_DIR')
const at = { baseUrl: values.base, dataFolder: values.data }
const target = join(import.meta.dirname, '..', 'docs', 'screens')
mkdirSync(target, { recursive: true })

const browser = await openBrowser()
for (const language of languages) {
  for (const shown of pages) {
    const page = shown.username
      ? (await signIn(browser, { ...at, username: shown.username, language })).page
      : await (await browser.newContext()).newPage()
    await page.addInitScript((chosen) => localStorage.setItem('qingfeng-language', chosen), language)
    await openPage(page, at.baseUrl, shown)
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 })
      await settled(page)
      await page.screenshot({ path: join(target, `${shown.name}-${language}-${width}.png`) })
    }
    await page.context().close()
  }
}
const wall = await signIn(browser, { ...at, username: 'jiandu', width: 1920 })
await wall.page.setViewportSize({ width: 1920, height: 1080 })
await openPage(wall.page, at.baseUrl, { name: 'wall', path: '/wall', ready: '.wall-box svg' })
await wall.page.screenshot({ path: join(target, 'wall-zh-1920.png') })
await browser.close()
