import { createReadStream } from 'node:fs'
import pg from 'pg'
import { bound, inTransaction } from './duckdb-warehouse.ts'
import { parseParameters } from './named-parameters.ts'
import { copyFromCsv } from './postgres-copy.ts'
import {
  inSession,
  insertStatements,
  interruptWhenAborted,
  oneAfterTheOther,
  quoted,
  TimeLimitError,
  type Warehouse,
  type WarehouseSession,
} from './warehouse.ts'

export interface PostgresOptions {
  readonly connection: pg.ClientConfig
  /** The schema that holds the facts; created if missing. `pg_temp`: tables of each session that go with it. */
  readonly schema: string
}

// A calendar date is no instant: the driver would make it midnight in the process's zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

const queryCancelled = '57014'

/** The same facts and the same rule texts on PostgreSQL, where one machine's embedded warehouse is too small. */
export async function openPostgresWarehouse(options: PostgresOptions): Promise<Warehouse> {
  const pool = new pg.Pool({ ...options.connection, max: 8 })
  pool.on('error', () => {})
  await checkOrder(pool)
  if (options.schema !== 'pg_temp') await pool.query(`create schema if not exists ${quoted(options.schema)}`)
  const open = async () => {
    const client = await pool.connect()
    // Temporary relations come first by default: a view of the same name shadows the table for this session only.
    await client.query(
      `set search_path = ${quoted(options.schema)}, pg_catalog; set jit = off; set statement_timeout = 0`,
    )
    return session(client, quoted(options.schema), () => interrupt(pool, client))
  }
  const queue = oneAfterTheOther()
  return {
    engine: 'postgres',
    open,
    writing: (work) => queue(() => inSession(open, work)),
    copyTo: () => Promise.reject(new Error('a PostgreSQL warehouse is backed up with its own tools')),
    close: () => pool.end(),
  }
}

/** Texts must be compared by code point as DuckDB does, otherwise groups and orders differ between the engines. */
async function checkOrder(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ good: boolean }>(
    `select 'a' > 'B' and '中' > 'z' and '李' < '王' as good`,
  )
  if (!rows[0]?.good) {
    throw new Error(
      'the warehouse database must order texts by code point: create it with the builtin locale C.UTF-8',
    )
  }
}

/** Ends the statement under way on the client, asked for over another connection. */
async function interrupt(pool: pg.Pool, client: pg.PoolClient): Promise<void> {
  const { processID } = client as unknown as { processID: number }
  await pool.query('select pg_cancel_backend($1)', [processID])
}

function session(client: pg.PoolClient, home: string, interruptNow: () => Promise<void>): WarehouseSession {
  const execute = (
    sql: string,
    parameters: Readonly<Record<string, string | number | boolean | null>> = {},
  ) => {
    const statement = parseParameters(sql)
    const values = statement.names.map((name) => bound(parameters, name))
    return client.query(
      statement.rewrite((_name, place) => `$${place}`),
      values,
    )
  }
  const run = async (sql: string, parameters?: Parameters<typeof execute>[1]) => {
    await execute(sql, parameters)
  }
  return {
    engine: 'postgres',
    stored: (table) => `${home}.${quoted(table)}`,
    run,
    rows: async (sql, parameters) => (await execute(sql, parameters)).rows,
    within: async (milliseconds, work, signal) => {
      signal?.throwIfAborted()
      await client.query(`set statement_timeout = ${Math.ceil(milliseconds)}`)
      const settled = interruptWhenAborted(signal, () => void interruptNow().catch(() => {}))
      try {
        signal?.throwIfAborted()
        return await work()
      } catch (error) {
        signal?.throwIfAborted()
        const late = (error as { code?: string }).code === queryCancelled
        throw late ? new TimeLimitError(`longer than ${milliseconds} ms`, { cause: error }) : error
      } finally {
        settled()
        await client.query('set statement_timeout = 0').catch(() => {})
      }
    },
    insert: async (table, columns, rows) => {
      for (const statement of insertStatements(table, columns, rows)) await client.query(statement)
    },
    loadCsv: (table, columns, file) =>
      copyFromCsv(
        client,
        `copy ${quoted(table)} (${columns.map(quoted).join(', ')}) from stdin with (format csv, header true)`,
        () => createReadStream(file, { highWaterMark: 262_144 }),
      ),
    transaction: (work) => inTransaction(run, work),
    close: async () => client.release(),
  }
}
