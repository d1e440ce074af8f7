import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const version = '153.0.0'

/**
 * Opens the Chromium that comes through npm. It unpacks into the temporary folder and takes whatever already lies there,
 * so it gets a folder of the project named after its version; the libraries it needs come in the same package.
 */
export async function openBrowser(): Promise<Browser> {
  const folder = join(import.meta.dirname, '..', '.cache', `chromium-${version}`)
  mkdirSync(folder, { recursive: true })
  process.env.TMPDIR = folder
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs24.x'
  const { default: packaged } = await import('@sparticuz/chromium')
  return chromium.launch({
    executablePath: await packaged.executablePath(),
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  })
}
