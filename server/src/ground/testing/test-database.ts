import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { type Connection, connectDatabase, type Database } from '#ground/database/index.ts'

export interface TestDatabase extends Database {
  readonly connection: Connection
  /** Runs SQL as the owner, past all fences: for arranging and for looking at what is really there. */
  owner<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>
}

/** An empty, migrated database of its own for the test file that calls this at its top level. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const host = inject('postgresSocket')
  const name = `t_${randomBytes(6).toString('hex')}`
  await asAdmin(host, `create database ${name} template qf_template`)
  const connection: Connection = {
    owner: { host, user: 'postgres', database: name },
    application: { host, user: 'qf_app', database: name },
  }
  const database = connectDatabase(connection, { poolSize: 8 })
  const owner = new pg.Pool({ ...connection.owner, max: 3 })
  // The pool's end does not wait for its sockets: one of them may still hear that its database is dropped.
  owner.on('error', () => {})
  afterAll(async () => {
    await database.close()
    await owner.end()
    await asAdmin(host, `drop database if exists ${name} with (force)`)
  })
  return {
    ...database,
    connection,
    owner: async <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) =>
      (await owner.query<Row>(sql, values)).rows,
  }
}

async function asAdmin(host: string, sql: string): Promise<void> {
  const client = new pg.Client({ host, user: 'postgres', database: 'postgres' })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
