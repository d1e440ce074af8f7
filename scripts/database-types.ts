/**
 * Writes `tables.generated.ts` from a freshly migrated schema: `npm run db:types`. With `--check` it only compares.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepare, startEmbeddedServer } from '#ground/database/index.ts'

const root = join(import.meta.dirname, '..')
const target = join(root, 'server/src/ground/database/tables.generated.ts')
const header = '// Generated from the migrated schema by `npm run db:types`. Do not edit.\n'

const home = mkdtempSync(join(tmpdir(), 'qingfeng-types-'))
const server = await startEmbeddedServer(join(home, 'postgres'), { settings: { fsync: 'off' } })
try {
  const owner = { host: server.socketFolder, user: 'postgres', database: 'postgres' }
  await prepare({ owner, application: { ...owner, user: 'qf_app' } })
  const output = join(home, 'tables.ts')
  const result = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/kysely-codegen/dist/cli/bin.js'),
      ...[
        '--dialect',
        'postgres',
        '--out-file',
        output,
        '--date-parser',
        'string',
        '--default-schema',
        'public',
      ],
      ...['--exclude-pattern', '{pgboss.*,ground.*}', '--numeric-parser', 'string', '--no-domains'],
      ...['--url', `socket:${server.socketFolder}?db=postgres&user=postgres`],
    ],
    { encoding: 'utf8', cwd: root },
  )
  if (result.status !== 0) throw new Error(result.stdout + result.stderr)
  const generated = header + readFileSync(output, 'utf8').replace(/^\/\*\*[\s\S]*?\*\/\n+/, '')
  if (!process.argv.includes('--check')) writeFileSync(target, generated)
  else if (readFileSync(target, 'utf8') !== generated) {
    console.error('tables.generated.ts is not what the migrations say: run `npm run db:types`')
    process.exitCode = 1
  }
} finally {
  await server.stop()
  rmSync(home, { recursive: true, force: true })
  rmSync(server.dataFolder, { recursive: true, force: true })
  rmSync(server.socketFolder, { recursive: true, force: true })
}
