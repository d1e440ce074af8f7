/**
 * Runs the examples of rules on both engines: `node scripts/rule-examples.ts [CODE …] [--engine duckdb|postgres]`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedServer } from '#ground/database/index.ts'
import { openDuckdb, openPostgresWarehouse, type Warehouse } from '#ground/warehouse/index.ts'
import { loadPack, openExampleSession, runExamples } from '#shared/rules/index.ts'

const words = process.argv.slice(2)
const only = words.includes('--engine') ? words[words.indexOf('--engine') + 1] : undefined
const codes = words.filter((word) => /^[A-Z]{1,3}\d{2}$/.test(word))
const packs = ['fiscal', 'invoices'].filter(
  (pack) => codes.length === 0 || codes.some((code) => packOf(code) === pack),
)
const rules = packs
  .flatMap((pack) => loadPack(pack))
  .filter((rule) => codes.length === 0 || codes.includes(rule.code))

function packOf(code: string): string {
  return /^(YS|ZF)/.test(code) ? 'fiscal' : 'invoices'
}

async function check(warehouse: Warehouse): Promise<number> {
  const session = await openExampleSession(warehouse)
  let bad = 0
  for (const rule of rules) {
    const results = await runExamples(session, rule)
    const faulty = results.filter((result) => result.faults.length > 0)
    bad += faulty.length
    console.log(
      `${warehouse.engine} ${rule.code}: ${results.length - faulty.length} of ${results.length} examples hold`,
    )
    for (const { name, faults } of faulty) console.log(`  ${name}\n    ${faults.join('\n    ')}`)
  }
  await session.close()
  await warehouse.close()
  return bad
}

let bad = 0
if (only !== 'postgres') bad += await check(await openDuckdb({ path: ':memory:' }))
if (only !== 'duckdb') {
  const home = mkdtempSync(join(tmpdir(), 'qingfeng-examples-'))
  const server = await startEmbeddedServer(join(home, 'postgres'), { settings: { fsync: 'off' } })
  const connection = { host: server.socketFolder, user: 'postgres', database: 'postgres' }
  bad += await check(await openPostgresWarehouse({ connection, schema: 'warehouse' }))
  await server.stop()
  rmSync(home, { recursive: true, force: true })
  rmSync(server.dataFolder, { recursive: true, force: true })
}
process.exitCode = bad > 0 ? 1 : 0
