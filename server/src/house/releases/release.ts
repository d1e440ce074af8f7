import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import pg from 'pg'
import { findMigrations, type Migration, migrate } from '#ground/database/index.ts'

/** A database as a release left it: which migrations it had, and rows in every table. */
export interface Release {
  readonly name: string
  /** `place/name` with the hash of the text. */
  readonly migrations: Readonly<Record<string, string>>
  readonly rows: Readonly<Record<string, readonly object[]>>
}

const folder = import.meta.dirname

/** The releases that are kept, oldest first. */
export function keptReleases(): readonly Release[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json.gz'))
    .sort()
    .map((file) => JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString('utf8')) as Release)
}

/** The migrations that the release had. Throws for one that was changed or taken away since: they are forward only. */
export function migrationsOf(release: Release): readonly Migration[] {
  const present = findMigrations()
  const had = present.filter(({ place, name }) => release.migrations[`${place}/${name}`])
  for (const { place, name, hash } of had) {
    if (release.migrations[`${place}/${name}`] !== hash)
      throw new Error(`${place}/${name} was changed after release ${release.name}`)
  }
  if (had.length !== Object.keys(release.migrations).length)
    throw new Error(`a migration of release ${release.name} is no longer there`)
  return had
}

/** Builds the release's database: its migrations, then its rows as they stood, without triggers. */
export async function rebuildRelease(owner: pg.ClientConfig, release: Release): Promise<void> {
  const client = new pg.Client(owner)
  await client.connect()
  try {
    await migrate(client, migrationsOf(release))
    await client.query('set session_replication_role = replica')
    for (const [table, rows] of Object.entries(release.rows)) {
      await client.query(`delete from ${table}`)
      const columns = Object.keys(rows[0] ?? {})
        .map((column) => pg.escapeIdentifier(column))
        .join(', ')
      if (rows.length === 0) continue
      await client.query(
        `insert into ${table} (${columns}) overriding system value
          select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
        [JSON.stringify(rows)],
      )
    }
  } finally {
    await client.end()
  }
}
