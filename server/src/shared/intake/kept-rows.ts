import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { inSession, literal, openDuckdb, quoted, type WarehouseSession } from '#ground/warehouse/index.ts'
import type { Dataset } from '#shared/datasets/index.ts'

/**
 * The good rows of a checked file wait typed, in an engine file of their own, until somebody decides: loading them does
 * not read and judge the file a second time.
 */
export function keptRowsFile(folder: string, batchId: string): string {
  return join(folder, `${batchId}.rows`)
}

/** The table of that file. */
export const keptTable = 'kept'

/** Offers the kept rows of a file to a session of the warehouse, as a query over every column of the dataset. */
export async function withKeptRows<T>(
  session: WarehouseSession,
  dataset: Dataset,
  file: string,
  work: (rows: string) => Promise<T>,
): Promise<T> {
  return session.engine === 'duckdb'
    ? attached(session, dataset, file, work)
    : copied(session, dataset, file, work)
}

const columnsOf = (dataset: Dataset) => Object.keys(dataset.columns).map(quoted).join(', ')

async function attached<T>(
  session: WarehouseSession,
  dataset: Dataset,
  file: string,
  work: (rows: string) => Promise<T>,
): Promise<T> {
  await session.run(`attach ${literal(file)} as waiting (read_only)`)
  try {
    return await work(`select ${columnsOf(dataset)} from waiting.main.${keptTable}`)
  } finally {
    await session.run('detach waiting')
  }
}

/** PostgreSQL cannot read the engine's file: the rows go there as csv into a table of the session. */
async function copied<T>(
  session: WarehouseSession,
  dataset: Dataset,
  file: string,
  work: (rows: string) => Promise<T>,
): Promise<T> {
  const csv = `${file}.csv`
  const columns = columnsOf(dataset)
  try {
    const engine = await openDuckdb({ path: ':memory:' })
    try {
      await inSession(engine.open, (reader) =>
        attached(reader, dataset, file, (rows) =>
          reader.run(`copy (${rows}) to ${literal(csv)} (format csv, header true)`),
        ),
      )
    } finally {
      await engine.close()
    }
    await session.run(
      `create temp table ${keptTable} as select ${columns} from ${session.stored(dataset.name)} limit 0`,
    )
    await session.loadCsv(keptTable, Object.keys(dataset.columns), csv)
    await session.run(`analyze ${keptTable}`)
    return await work(`select ${columns} from ${keptTable}`)
  } finally {
    await rm(csv, { force: true })
    await session.run(`drop table if exists ${keptTable}`)
  }
}
