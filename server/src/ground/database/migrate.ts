import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import * as boundaries from '../../../boundaries.mjs'

export interface Migration {
  /** The place (ground part, shared service or room) it belongs to: its schema. */
  readonly place: string
  readonly name: string
  readonly sql: string
  readonly hash: string
}

const source = join(import.meta.dirname, '..', '..')

/**
 * The plain SQL migrations of every place, in the order of the places and within a place by name. Foreign keys point
 * only to earlier places, so this order is always possible.
 */
export function findMigrations(): readonly Migration[] {
  const places = [
    ...boundaries.ground.map((place) => ['ground', place] as const),
    ...boundaries.shared.map((place) => ['shared', place] as const),
    ...boundaries.river.map((place) => ['rooms', place] as const),
  ]
  return places.flatMap(([floor, place]) => {
    const folder = join(source, floor, place, 'migrations')
    if (!existsSync(folder)) return []
    return readdirSync(folder)
      .filter((file) => file.endsWith('.sql'))
      .sort()
      .map((file) => {
        const sql = readFileSync(join(folder, file), 'utf8')
        return { place, name: file, sql, hash: createHash('sha256').update(sql).digest('hex') }
      })
  })
}

/**
 * Brings the database up to date, forward only, each migration in a transaction of its own; two servers starting at
 * once wait for each other. A migration that was changed after it ran is refused: write a new one instead.
 * @returns the migrations that ran now
 */
export async function migrate(
  owner: pg.Client,
  migrations: readonly Migration[],
): Promise<readonly Migration[]> {
  await owner.query('select pg_advisory_lock(464600)')
  try {
    await owner.query(`
      create schema if not exists ground;
      create table if not exists ground.migration (
        place text not null, name text not null, hash text not null,
        applied_at timestamptz not null default now(), primary key (place, name))`)
    const { rows } = await owner.query<{ place: string; name: string; hash: string }>(
      'select place, name, hash from ground.migration',
    )
    const applied = new Map(rows.map((row) => [`${row.place}/${row.name}`, row.hash]))
    const ran: Migration[] = []
    for (const migration of migrations) {
      const hash = applied.get(`${migration.place}/${migration.name}`)
      if (hash === migration.hash) continue
      if (hash) throw new Error(`migration ${migration.place}/${migration.name} was changed after it ran`)
      await runOne(owner, migration)
      ran.push(migration)
    }
    return ran
  } finally {
    await owner.query('select pg_advisory_unlock(464600)')
  }
}

async function runOne(owner: pg.Client, migration: Migration): Promise<void> {
  try {
    await owner.query('begin')
    await owner.query(migration.sql)
    await owner.query('insert into ground.migration (place, name, hash) values ($1, $2, $3)', [
      migration.place,
      migration.name,
      migration.hash,
    ])
    await owner.query('commit')
  } catch (cause) {
    await owner.query('rollback')
    throw new Error(`migration ${migration.place}/${migration.name} failed: ${(cause as Error).message}`, {
      cause,
    })
  }
}
