import { mkdirSync, writeFileSync } from 'node:fs'
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
  const executablePath = await packaged.executablePath()
  return chromium.launch({
    executablePath,
    env: { ...process.env, FONTCONFIG_FILE: fontConfiguration(folder) },
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  })
}

/**
 * The packaged configuration looks for fonts in places of its own host only. Without any font the browser ends at the
 * first text; ours names the folder into which the package was unpacked, and no other, so every machine draws alike.
 */
function fontConfiguration(folder: string): string {
  const file = join(folder, 'fonts.conf')
  const dirs = [`<dir>${join(folder, 'fonts')}</dir>`, `<cachedir>${join(folder, 'fonts-cache')}</cachedir>`]
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${dirs.join('')}</fontconfig>`,
  )
  return file
}
