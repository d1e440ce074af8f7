import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { datasetByName, datasets } from '../server/src/shared/datasets/index.ts'
import type { Cell, Row, World } from './world.ts'

function cell(value: Cell | undefined): string {
  if (value === null || value === undefined) return ''
  const text = String(value)
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Writes one csv for each dataset that has rows. */
export function writeCsv(world: World, folder: string): void {
  for (const { name } of datasets) {
    const rows = world.rows.get(name)
    if (rows) writeFileSync(join(folder, `${name}.csv`), textOf(name, rows))
  }
}

/** Rows of a dataset as csv; columns in the order of the dataset, UTF-8. */
export function textOf(dataset: string, rows: readonly Row[]): string {
  const columns = Object.keys(datasetByName(dataset)!.columns)
  const lines = [
    columns.join(','),
    ...rows.map((row) => columns.map((column) => cell(row[column])).join(',')),
  ]
  return `${lines.join('\n')}\n`
}
