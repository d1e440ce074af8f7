import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { bound, duckdbSession } from './duckdb-warehouse.ts'
import { parseParameters } from './named-parameters.ts'
import { literal, type Parameter, type Row, type WarehouseSession } from './warehouse.ts'

/**
 * An engine in memory for few rows at a time: its statements are planned once and run as often as rows arrive. Planning
 * a rule's text costs several times what it costs to run it over one record.
 */
export interface QuickEngine {
  readonly session: WarehouseSession
  /** The same session, whose queries are planned at their first run and kept: for texts that come again and again. */
  readonly planned: WarehouseSession
  /** Plans a statement without parameters: one with parameters is planned anew at every run. */
  prepare(sql: string): Promise<PreparedQuery>
  /** Adds rows; values in the order of the table's columns, texts are read as the column's type. */
  append(table: string, rows: readonly (readonly Parameter[])[]): Promise<void>
  /** Another connection to the same tables, for work that must not wait; temporary tables are its own. */
  beside(): Promise<Omit<QuickEngine, 'beside' | 'close'>>
  close(): Promise<void>
}

export interface PreparedQuery {
  rows(): Promise<Row[]>
  run(): Promise<void>
  close(): void
}

/**
 * What these leave out of a plan they take from the rows that are there when it is made: a plan made over an empty
 * table would answer "nothing" for ever.
 */
const dataDependent = ['statistics_propagation', 'compressed_materialization', 'row_group_pruner']

export async function openQuickEngine(options: {
  readonly memoryMegabytes: number
  readonly threads?: number
}): Promise<QuickEngine> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${options.memoryMegabytes}MB`,
    threads: String(options.threads ?? 1),
    disabled_optimizers: dataDependent.join(','),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  return {
    ...over(await instance.connect()),
    beside: async () => over(await instance.connect()),
    close: async () => instance.closeSync(),
  }
}

function over(connection: DuckDBConnection): Omit<QuickEngine, 'beside' | 'close'> {
  const session = duckdbSession(connection, 'memory."main"')
  const prepare = async (sql: string): Promise<PreparedQuery> => {
    const statement = await connection.prepare(sql)
    return {
      rows: async () => (await statement.run()).getRowObjectsJson(),
      run: async () => void (await statement.run()),
      close: () => statement.destroySync(),
    }
  }
  return {
    session,
    planned: plannedSession(session, prepare),
    prepare,
    append: (table, rows) => appendRows(connection, table, rows),
  }
}

/** Plans that are kept of one session; the longest unused goes when another is needed. */
const keptPlans = 200

/** Parameters are written into the text, for a statement with parameters would be planned anew at every run. */
function plannedSession(session: WarehouseSession, prepare: QuickEngine['prepare']): WarehouseSession {
  const plans = new Map<string, PreparedQuery>()
  return {
    ...session,
    rows: async (sql, parameters = {}) => {
      const text = parseParameters(sql).rewrite((name) => literal(bound(parameters, name)))
      const plan = plans.get(text) ?? (await prepare(text))
      plans.delete(text)
      plans.set(text, plan)
      if (plans.size > keptPlans) {
        const [oldest] = plans
        plans.delete(oldest![0])
        oldest![1].close()
      }
      return plan.rows()
    },
  }
}

/** Through the engine's appender: some ten times as fast as an insert with as many literals. */
export async function appendRows(
  connection: DuckDBConnection,
  table: string,
  rows: readonly (readonly Parameter[])[],
): Promise<void> {
  const appender = await connection.createAppender(table)
  try {
    for (const row of rows) {
      for (const value of row) {
        if (value === null) appender.appendNull()
        else if (typeof value === 'boolean') appender.appendBoolean(value)
        else appender.appendVarchar(String(value))
      }
      appender.endRow()
    }
  } finally {
    appender.closeSync()
  }
}
