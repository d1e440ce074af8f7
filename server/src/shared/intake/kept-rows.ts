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

/** The table of a dataset's rows in that file: a file of invoices holds heads and lines. */
export function keptTable(dataset: Dataset): string {
  return `kept_${dataset.name}`
}

/** The kept rows of each dataset, as a query over all of its columns. */
export type KeptRows = (dataset: Dataset) => string

/** Offers the kept rows of a file to a session of the warehouse. */
export async function withKeptRows<T>(
  session: WarehouseSession,
  datasets: readonly Dataset[],
  file: string,
  work: (rowsOf: KeptRows) => Promise<T>,
): Promise<T> {
  return session.engine === 'duckdb' ? attached(session, file, work) : copied(session, datasets, file, work)
}

const columnsOf = (dataset: Dataset) => Object.keys(dataset.columns).map(quoted).join(', ')

async function attached<T>(
  session: WarehouseSession,
  file: string,
  work: (rowsOf: KeptRows) => Promise<T>,
): Promise<T> {
  await session.run(`attach ${literal(file)} as waiting (read_only)`)
  try {
    return await work((dataset) => `select ${columnsOf(dataset)} from waiting.main.${keptTable(dataset)}`)
  } finally {
    await session.run('detach waiting')
  }
}

/** PostgreSQL cannot read the engine's file: the rows go there as csv into tables of the session. */
async function copied<T>(
  session: WarehouseSession,
  datasets: readonly Dataset[],
  file: string,
  work: (rowsOf: KeptRows) => Promise<T>,
): Promise<T> {
  try {
    for (const dataset of datasets) await copyTable(session, dataset, file)
    return await work((dataset) => `select ${columnsOf(dataset)} from ${keptTable(dataset)}`)
  } finally {
    for (const dataset of datasets) await session.run(`drop table if exists ${keptTable(dataset)}`)
  }
}

async function copyTable(session: WarehouseSession, dataset: Dataset, file: string): Promise<void> {
  const csv = `${file}.csv`
  const table = keptTable(dataset)
  try {
    const engine = await openDuckdb({ path: ':memory:' })
    try {
      await inSession(engine.open, (reader) =>
        attached(reader, file, (rowsOf) =>
          reader.run(`copy (${rowsOf(dataset)}) to ${literal(csv)} (format csv, header true)`),
        ),
      )
    } finally {
      await engine.close()
    }
    await session.run(
      `create temp table ${table} as select ${columnsOf(dataset)} from ${session.stored(dataset.name)} limit 0`,
    )
    await session.loadCsv(table, Object.keys(dataset.columns), csv)
    await session.run(`analyze ${table}`)
  } finally {
    await rm(csv, { force: true })
  }
}
