import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { datasets } from '../server/src/shared/datasets/index.ts'
import type { Cell, World } from './world.ts'

function cell(value: Cell | undefined): string {
  if (value === null || value === undefined) return ''
  const text = String(value)
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Writes one csv for each dataset that has rows; columns in the order of the dataset, UTF-8. */
export function writeCsv(world: World, folder: string): void {
  for (const dataset of datasets) {
    const rows = world.rows.get(dataset.name)
    if (!rows) continue
    const columns = Object.keys(dataset.columns)
    const lines = [
      columns.join(','),
      ...rows.map((row) => columns.map((column) => cell(row[column])).join(',')),
    ]
    writeFileSync(join(folder, `${dataset.name}.csv`), `${lines.join('\n')}\n`)
  }
}
