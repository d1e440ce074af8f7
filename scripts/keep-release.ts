/**
 * `node scripts/keep-release.ts NAME`: keeps a database as it is now, with rows in every table, so that later migrations
 * are tested over it. To be run once for each release.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { findMigrations, startEmbeddedServer } from '#ground/database/index.ts'
import { arrangeMatters } from '../server/src/house/fences/matters.ts'
import { fillTables, tables } from '../server/src/house/fences/tables.ts'
import { openWorld } from '../server/src/house/fences/world.ts'

const name = process.argv[2]
if (!name || !/^[\w.-]+$/.test(name)) throw new Error('say the name of the release, such as 0.1')
const home = mkdtempSync(join(tmpdir(), 'qingfeng-release-'))
const server = await startEmbeddedServer(join(home, 'postgres'))
try {
  const world = await openWorld(server.socketFolder)
  await fillTables(world, await arrangeMatters(world))
  const rows: Record<string, unknown> = {}
  for (const table of Object.keys(tables).filter((one) => one !== 'ground.migration')) {
    const columns = await world.database.superuser<{ name: string }>(
      `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped
        and attgenerated = '' order by attnum`,
      [table],
    )
    const list = columns.map((column) => `'${column.name}', t."${column.name}"`).join(', ')
    // One year of days is enough.
    const some = ['calendar.day', 'calendar.base_day'].includes(table)
      ? 'where extract(year from on_date) = 2026'
      : ''
    const found = await world.database.superuser<{ row: object }>(
      `select jsonb_build_object(${list}) as row from ${table} t ${some}`,
    )
    rows[table] = found.map(({ row }) => row)
  }
  const migrations = Object.fromEntries(findMigrations().map((one) => [`${one.place}/${one.name}`, one.hash]))
  const file = join(import.meta.dirname, '..', 'server/src/house/releases', `${name}.json.gz`)
  writeFileSync(file, gzipSync(JSON.stringify({ name, migrations, rows }), { level: 9 }))
  console.log(`${file}: ${Object.keys(migrations).length} migrations, ${Object.keys(rows).length} tables`)
  await world.close()
} finally {
  await server.stop()
  rmSync(home, { recursive: true, force: true })
}
