import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { findMigrations, migrate } from './migrate.ts'
import type { DB } from './tables.generated.ts'

/** A transaction in which the database knows who is asking. Stores take one; they never open their own. */
export type Trx = Transaction<DB>

/** On whose behalf a transaction runs. Row-level security reads it; nothing is visible without it. */
export interface Caller {
  readonly userId: string
  /** Path in the tree of organisations, e.g. `46.01`: rows at it and below it are in sight. */
  readonly scope: string
  readonly roles: readonly string[]
  /** The session and the address of the request, for the audit log; absent for jobs. */
  readonly session?: string
  readonly address?: string
}

/** The product itself, for jobs and intake: sees the whole province, holds no person's role. */
export const systemCaller: Caller = {
  userId: '00000000-0000-7000-8000-000000000000',
  scope: '46',
  roles: ['system'],
}

export interface Database {
  /** Runs `work` in one transaction as the caller; a thrown error rolls everything back. */
  asCaller<T>(caller: Caller, work: (trx: Trx) => Promise<T>): Promise<T>
  /** Calls back on every NOTIFY of the channel, reconnecting if the connection is lost. Returns how to stop. */
  listen(channel: string, onNotice: (payload: string) => void): Promise<() => Promise<void>>
  /** The application's pool, for libraries that bring their own SQL (pg-boss). Not for rooms. */
  readonly pool: pg.Pool
  close(): Promise<void>
}

export interface Connection {
  /** For migrations and for pg-boss's own schema: owner of everything. */
  readonly owner: pg.ClientConfig
  /** The application's role `qf_app`. */
  readonly application: pg.ClientConfig
}

// Dates stay texts: a calendar date is no instant, and the driver would make it midnight in the process's zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.TIMESTAMP, (text) => text)

/** Creates the application's role if need be, migrates, and connects as that role. */
export async function openDatabase(
  connection: Connection,
  options: { poolSize?: number } = {},
): Promise<Database> {
  await prepare(connection)
  return connectDatabase(connection, options)
}

/** Creates the application's role if need be and brings the schema up to date. */
export async function prepare(connection: Connection): Promise<void> {
  const owner = new pg.Client(connection.owner)
  await owner.connect()
  try {
    await ensureApplicationRole(owner, connection.application)
    await migrate(owner, findMigrations())
  } finally {
    await owner.end()
  }
}

async function ensureApplicationRole(owner: pg.Client, application: pg.ClientConfig): Promise<void> {
  await owner.query(`do $$ begin
    if not exists (select from pg_roles where rolname = 'qf_app') then
      create role qf_app login nosuperuser nobypassrls nocreatedb nocreaterole noinherit;
    end if;
  exception when duplicate_object or unique_violation then null;
  end $$`)
  if (typeof application.password === 'string') {
    await owner.query(`alter role qf_app password ${pg.escapeLiteral(application.password)}`)
  }
}

/** Connects as the application's role to a database that is up to date. */
export function connectDatabase(connection: Connection, options: { poolSize?: number } = {}): Database {
  const pool = new pg.Pool({ ...connection.application, max: options.poolSize ?? 20 })
  // An idle client that loses its server must not end the process; the next query says what is wrong.
  pool.on('error', () => {})
  const kysely = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  return {
    pool,
    asCaller: (caller, work) =>
      kysely.transaction().execute(async (trx) => {
        await sql`select set_config('app.user_id', ${caller.userId}, true),
          set_config('app.scope', ${caller.scope}, true),
          set_config('app.roles', ${caller.roles.join(',')}, true),
          set_config('app.session', ${caller.session ?? ''}, true),
          set_config('app.address', ${caller.address ?? ''}, true)`.execute(trx)
        return work(trx)
      }),
    listen: (channel, onNotice) => listen(connection.application, channel, onNotice),
    close: () => kysely.destroy(),
  }
}

async function listen(config: pg.ClientConfig, channel: string, onNotice: (payload: string) => void) {
  let stopped = false
  let client: pg.Client | undefined
  const connect = async () => {
    client = new pg.Client(config)
    client.on('notification', (notice) => onNotice(notice.payload ?? ''))
    client.on('error', () => {})
    client.on('end', () => {
      if (!stopped) setTimeout(() => void connect().catch(() => {}), 1000).unref()
    })
    await client.connect()
    await client.query(`listen ${pg.escapeIdentifier(channel)}`)
  }
  await connect()
  return async () => {
    stopped = true
    await client?.end()
  }
}
