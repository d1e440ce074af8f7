import { quoted, type WarehouseSession } from '#ground/warehouse/index.ts'
import type { Column, ColumnType, Dataset } from './dataset.ts'

const sqlTypes: Readonly<Record<ColumnType, string>> = {
  text: 'text',
  choice: 'text',
  date: 'date',
  money: 'numeric(18,2)',
  quantity: 'numeric(18,6)',
  integer: 'integer',
  flag: 'boolean',
}

/** The type of a column in both stores. */
export function sqlType(column: Column): string {
  return sqlTypes[column.type]
}

/** The statement that creates a dataset's table in the warehouse; `batch_id` says which intake batch a row came with. */
export function createTable(dataset: Dataset): string {
  const columns = Object.entries(dataset.columns).map(([name, column]) => `${name} ${sqlType(column)}`)
  return `create table if not exists ${dataset.name} (${[...columns, 'batch_id text'].join(', ')})`
}

/**
 * Adds the columns that a dataset gained since its table was created.
 * @param table the dataset's own table, or another with its columns
 */
export async function addNewColumns(
  session: WarehouseSession,
  dataset: Dataset,
  table = dataset.name,
): Promise<void> {
  const rows = await session.rows(
    `select column_name as name from information_schema.columns
    where table_schema = current_schema() and table_name = cast($table as text)`,
    { table },
  )
  const there = new Set(rows.map(({ name }) => name))
  for (const [name, column] of Object.entries(dataset.columns)) {
    if (there.has(name)) continue
    await session.run(`alter table ${quoted(table)} add column ${quoted(name)} ${sqlType(column)}`)
  }
}
