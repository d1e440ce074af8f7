/**
 * Writes `contract/` (OpenAPI 3.1 and the error codes) and the web's typed client from the running routes:
 * `npm run contract`. With `--check` it only compares.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#ground/config/index.ts'
import { definedErrors } from '#ground/errors/index.ts'
import { buildConsole, openHouse } from '#house'

const root = join(import.meta.dirname, '..')
const checking = process.argv.includes('--check')

function keep(file: string, content: string): void {
  const path = join(root, file)
  if (!checking) {
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, content)
  } else if (!existsSync(path) || readFileSync(path, 'utf8') !== content) {
    console.error(`${file} is not what the routes say: run \`npm run contract\``)
    process.exitCode = 1
  }
}

const home = mkdtempSync(join(tmpdir(), 'qingfeng-contract-'))
const house = await openHouse(readConfig({ DATA_DIR: home, LOG_LEVEL: 'silent' }))
try {
  const server = await buildConsole(house)
  await server.ready()
  keep('contract/openapi.json', `${JSON.stringify(server.swagger(), null, 2)}\n`)
  keep('contract/errors.json', `${JSON.stringify(definedErrors(), null, 2)}\n`)
  await server.close()
} finally {
  await house.close()
  rmSync(home, { recursive: true, force: true })
}

const client = join(mkdtempSync(join(tmpdir(), 'qingfeng-client-')), 'api.d.ts')
const source = join(root, 'contract/openapi.json')
const generator = join(root, 'node_modules/openapi-typescript/bin/cli.js')
const made = spawnSync(process.execPath, [generator, source, '-o', client], { encoding: 'utf8' })
if (made.status !== 0) throw new Error(made.stderr)
keep('web/client/api.generated.ts', readFileSync(client, 'utf8'))
