import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { type Connection, connectDatabase, type Database, prepare } from '#ground/database/index.ts'

export interface FenceDatabase extends Database {
  readonly connection: Connection
  /** Runs SQL as the cluster's superuser, past all fences: for arranging, and for putting mutants in. */
  superuser<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>
}

/**
 * An empty, migrated database whose owner is no superuser and bypasses nothing, as on a server of somebody else's: so the
 * policies for the owner, and FORCE, matter in it.
 */
export async function createFenceDatabase(host: string): Promise<FenceDatabase> {
  const name = `fence_${randomBytes(6).toString('hex')}`
  const owner = `${name}_owner`
  await asSuperuser(host, 'postgres', async (client) => {
    await client.query(`create role ${owner} login nosuperuser bypassrls nocreatedb nocreaterole`)
    await client.query(`do $$ begin create role qf_app login nosuperuser nobypassrls nocreatedb nocreaterole noinherit;
      exception when duplicate_object or unique_violation then null; end $$`)
    await client.query(`create database ${name} owner ${owner}`)
  })
  const connection: Connection = {
    owner: { host, user: owner, database: name },
    application: { host, user: 'qf_app', database: name },
  }
  await prepare(connection)
  await asSuperuser(host, 'postgres', (client) => client.query(`alter role ${owner} nobypassrls`))
  const database = connectDatabase(connection, { poolSize: 12 })
  const superuser = new pg.Pool({ host, user: 'postgres', database: name, max: 2 })
  superuser.on('error', () => {})
  return {
    ...database,
    connection,
    superuser: async <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) =>
      (await superuser.query<Row>(sql, values)).rows,
    close: async () => {
      await database.close()
      await superuser.end()
      await asSuperuser(host, 'postgres', async (client) => {
        await client.query(`drop database if exists ${name} with (force)`)
        await client.query(`drop role ${owner}`)
      })
    },
  }
}

async function asSuperuser(
  host: string,
  database: string,
  work: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const client = new pg.Client({ host, user: 'postgres', database })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
