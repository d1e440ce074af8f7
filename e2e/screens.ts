/**
 * Takes `docs/screens/*.png` of every page from a running demo: `node e2e/screens.ts --base URL --data DATA_DIR`.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openBrowser } from './browser.ts'
import { signIn } from './visitor.ts'

const { values } = parseArgs({ options: { base: { type: 'string' }, data: { type: 'string' } } })
if (!values.base || !values.data) throw new Error('usage: node e2e/screens.ts --base URL --data DATA_DIR')
const at = { baseUrl: values.base, dataFolder: values.data }
const target = join(import.meta.dirname, '..', 'docs', 'screens')
mkdirSync(target, { recursive: true })

/** A name for the picture, who looks, and where; `first` opens the first row of the list. */
const pages: readonly (readonly [string, string, string, boolean])[] = [
  ['workbench', 'jiandu', '/', false],
  ['alerts', 'jiandu', '/alerts', false],
  ['alert', 'jiandu', '/alerts?level=red', true],
  ['unit-alerts', 'caiwu1', '/unit-alerts', false],
  ['unit-alert', 'caiwu1', '/unit-alerts', true],
  ['intake', 'xinxi', '/intake', false],
  ['units', 'jiandu', '/units', false],
  ['roles', 'anquan', '/roles', false],
  ['accounts', 'xitong', '/accounts', false],
  ['audit', 'shenji', '/audit', false],
  ['rules', 'guize', '/rules', false],
  ['rule', 'guize', '/rules/ZF12', false],
  ['keywords', 'guize', '/keywords', false],
  ['decision-tables', 'guize', '/decision-tables', false],
]

const browser = await openBrowser()
for (const language of ['zh', 'en'] as const) {
  for (const [name, username, path, first] of pages) {
    const { page } = await signIn(browser, { ...at, username, language })
    await page.goto(at.baseUrl + path)
    await page.waitForTimeout(1200)
    if (first) {
      await page.locator('tbody a:visible').first().click()
      await page.waitForSelector('.sentence')
    }
    await page.waitForTimeout(800)
    await page.screenshot({ path: join(target, `${name}-${language}-1440.png`) })
    await page.context().close()
  }
}
await browser.close()
