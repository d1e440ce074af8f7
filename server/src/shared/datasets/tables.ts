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
