import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { connectDatabase, findMigrations, prepare, systemCaller } from '#ground/database/index.ts'
import { keptReleases, rebuildRelease } from './release.ts'

const host = inject('postgresSocket')
const made: string[] = []
const admin = async (statement: string, database = 'postgres') => {
  const client = new pg.Client({ host, user: 'postgres', database })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
afterAll(async () => {
  for (const name of made) await admin(`drop database if exists ${name} with (force)`)
})

for (const release of keptReleases()) {
  test(`a database of release ${release.name} is brought up to date with everything in it`, async () => {
    const name = `release_${randomBytes(6).toString('hex')}`
    made.push(name)
    await admin(`create database ${name}`)
    const connection = {
      owner: { host, user: 'postgres', database: name },
      application: { host, user: 'qf_app', database: name },
    }
    await rebuildRelease(connection.owner, release)
    await prepare(connection)
    const applied = await admin('select place, name from ground.migration', name)
    expect(applied.length).toBe(findMigrations().length)
    for (const [table, rows] of Object.entries(release.rows)) {
      const [counted] = await admin(`select count(*)::int as n from ${table}`, name)
      expect([table, counted.n]).toEqual([table, rows.length])
    }
    const database = connectDatabase(connection)
    const alerts = await database.asCaller(systemCaller, (trx) =>
      sql<{ n: number }>`select count(*)::int as n from alerts.alert`.execute(trx),
    )
    await database.close()
    expect(alerts.rows[0]!.n).toBe(release.rows['alerts.alert']!.length)
  })
}

test('there is a release to come from, with rows in every table that it had', () => {
  const releases = keptReleases()
  expect(releases.length).toBeGreaterThan(0)
  for (const { name, rows } of releases) {
    const empty = Object.entries(rows).filter(([, list]) => list.length === 0)
    expect([name, empty]).toEqual([name, []])
    expect(Object.keys(rows).length).toBeGreaterThan(50)
  }
})
