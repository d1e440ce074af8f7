import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance, type Json } from '@duckdb/node-api'
import { parseParameters } from './named-parameters.ts'
import {
  inSession,
  insertStatements,
  interruptWhenAborted,
  literal,
  oneAfterTheOther,
  type Parameter,
  quoted,
  type Row,
  TimeLimitError,
  type Warehouse,
  type WarehouseSession,
} from './warehouse.ts'

export interface DuckdbOptions {
  /** The file of the warehouse, or `:memory:`. */
  readonly path: string
  readonly memoryMegabytes?: number
  readonly threads?: number
}

/**
 * The embedded warehouse. `memory_limit` bounds what DuckDB plans with, not the process: 600 MB keeps the process below
 * 1.5 GB while five million rows are loaded. Nothing is ever fetched from outside.
 */
export async function openDuckdb(options: DuckdbOptions): Promise<Warehouse> {
  const inMemory = options.path === ':memory:'
  const home = inMemory ? undefined : dirname(options.path)
  if (home) mkdirSync(home, { recursive: true, mode: 0o700 })
  const instance = await DuckDBInstance.create(options.path, {
    memory_limit: `${options.memoryMegabytes ?? 600}MB`,
    threads: String(options.threads ?? availableParallelism()),
    preserve_insertion_order: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...(home ? { temp_directory: join(home, 'warehouse-spill') } : {}),
  })
  const open = async () => {
    const connection = await instance.connect()
    // "main" alone would also name the session's own temporary schema.
    const [home] = (await connection.runAndReadAll('select current_database()')).getRows()
    return duckdbSession(connection, `${quoted(String(home?.[0]))}."main"`)
  }
  const queue = oneAfterTheOther()
  return {
    engine: 'duckdb',
    open,
    writing: (work) => queue(() => inSession(open, work)),
    copyTo: (file) => inSession(open, (reader) => copyDatabase(reader, file)),
    close: async () => instance.closeSync(),
  }
}

/** One transaction reads everything, so the copy is of one moment. */
async function copyDatabase(reader: WarehouseSession, file: string): Promise<void> {
  const [here] = await reader.rows('select current_database() as name')
  await reader.run(`attach ${literal(file)} as copied`)
  try {
    await reader.run(`copy from database ${quoted(String(here?.name))} to copied`)
  } finally {
    await reader.run('detach copied')
  }
}

/** The connections behind sessions, for what goes from one engine to another without becoming JavaScript values. */
const connections = new WeakMap<WarehouseSession, DuckDBConnection>()

/** The engine's own connection of a session, or undefined where the session is of another engine. */
export function duckdbConnection(session: WarehouseSession): DuckDBConnection | undefined {
  return connections.get(session)
}

export function duckdbSession(connection: DuckDBConnection, home: string): WarehouseSession {
  const session = sessionOver(connection, home)
  connections.set(session, connection)
  return session
}

function sessionOver(connection: DuckDBConnection, home: string): WarehouseSession {
  const execute = async (sql: string, parameters: Readonly<Record<string, Parameter>> = {}) => {
    const used = parseParameters(sql).names
    if (used.length === 0) return connection.run(sql)
    return connection.run(sql, Object.fromEntries(used.map((name) => [name, bound(parameters, name)])))
  }
  const run = async (sql: string, parameters?: Readonly<Record<string, Parameter>>) => {
    await execute(sql, parameters)
  }
  return {
    engine: 'duckdb',
    stored: (table) => `${home}.${quoted(table)}`,
    run,
    rows: async (sql, parameters) => plain(await (await execute(sql, parameters)).getRowObjectsJson()),
    within: async (milliseconds, work, signal) => {
      signal?.throwIfAborted()
      let late = false
      const timer = setTimeout(() => {
        late = true
        connection.interrupt()
      }, milliseconds)
      const settled = interruptWhenAborted(signal, () => connection.interrupt())
      try {
        return await work()
      } catch (error) {
        signal?.throwIfAborted()
        throw late ? new TimeLimitError(`longer than ${milliseconds} ms`, { cause: error }) : error
      } finally {
        clearTimeout(timer)
        settled()
      }
    },
    insert: async (table, columns, rows) => {
      for (const statement of insertStatements(table, columns, rows)) await connection.run(statement)
    },
    loadCsv: async (table, columns, file) => {
      const types = columns.map((column) => `${literal(column)}: 'varchar'`).join(', ')
      await connection.run(`insert into ${quoted(table)} (${columns.map(quoted).join(', ')})
        select * from read_csv(${literal(file)}, auto_detect = false, header = true, columns = {${types}})`)
    },
    transaction: (work) => inTransaction(run, work),
    close: async () => connection.closeSync(),
  }
}

/** Runs `work` between begin and commit; an error, also of the commit, rolls back. */
export async function inTransaction<T>(
  run: (sql: string) => Promise<void>,
  work: () => Promise<T>,
): Promise<T> {
  await run('begin')
  try {
    const result = await work()
    await run('commit')
    return result
  } catch (error) {
    // After a failed commit there is nothing left to roll back, and the first error is the one to tell.
    await run('rollback').catch(() => {})
    throw error
  }
}

/** The value of a parameter; a missing one is a bug of the caller and is named. */
export function bound(parameters: Readonly<Record<string, Parameter>>, name: string): Parameter {
  const value = parameters[name]
  if (value === undefined) throw new Error(`the statement names $${name}, which was not given`)
  return value
}

function plain(rows: Record<string, Json>[]): Row[] {
  return rows
}
