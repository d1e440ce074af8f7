import type { WarehouseSession } from '#ground/warehouse/index.ts'
import type { Dataset } from './dataset.ts'
import { createTable, sqlType } from './tables.ts'

/**
 * Makes a dataset's table in the warehouse, or gives the one of an earlier release the columns that it lacks: rows that
 * were there have no value in them. Columns that a dataset no longer has stay with what is in them. Every statement names
 * its columns, so that their order does not matter.
 * @param more columns beyond those of the dataset, as `name type`
 */
export async function keepTable(
  session: WarehouseSession,
  dataset: Dataset,
  more: readonly string[] = [],
): Promise<void> {
  await session.run(createTable(dataset))
  const rows = await session.rows(
    'select column_name from information_schema.columns where table_name = $name and table_schema = current_schema()',
    { name: dataset.name },
  )
  const known = new Set(rows.map((row) => String(row.column_name)))
  const wanted = [
    ...Object.entries(dataset.columns).map(([name, column]) => `${name} ${sqlType(column)}`),
    ...more,
  ]
  for (const column of wanted) {
    if (!known.has(column.split(' ')[0]!))
      await session.run(`alter table ${dataset.name} add column ${column}`)
  }
}
