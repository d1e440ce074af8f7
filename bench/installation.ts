import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#ground/config/index.ts'
import { removeEmbeddedServer } from '#ground/database/index.ts'
import { type House, openHouse } from '#house'

/** Runs `work` in an installation of its own, as the product opens it, and removes it afterwards. */
export async function inInstallation<T>(
  work: (house: House) => Promise<T>,
  env: Readonly<Record<string, string>> = {},
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'qingfeng-bench-'))
  const house = await openHouse(readConfig({ ...env, DATA_DIR: folder, LOG_LEVEL: 'silent' }, { demo: true }))
  try {
    return await work(house)
  } finally {
    await house.close()
    removeEmbeddedServer(join(folder, 'postgres'))
    rmSync(folder, { recursive: true, force: true })
  }
}
