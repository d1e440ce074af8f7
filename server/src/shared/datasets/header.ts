import type { Dataset } from './dataset.ts'
import type { RowFault } from './faults.ts'

/** The column that refused rows come back with; it is passed over when they are sent again. */
export const reasonColumn = '错误原因'

/**
 * Which column of the dataset each cell of a header names: by its name or by its title in either language, whatever the
 * width of the letters, blanks and marks of a required column. The reasons of rows that come back mended keep their place
 * as `reasonColumn`.
 */
export function readColumns(
  dataset: Dataset,
  header: readonly string[],
): { readonly columns: readonly string[]; readonly faults: readonly RowFault[] } {
  const names = new Map<string, string>()
  for (const [name, { title }] of Object.entries(dataset.columns)) {
    for (const word of [name, title.zh, title.en]) names.set(plain(word), name)
  }
  names.set(reasonColumn, reasonColumn)
  const columns = header.map((cell) => names.get(plain(cell)) ?? '')
  const faults: RowFault[] = []
  header.forEach((cell, at) => {
    const column = columns[at]
    if (!column) faults.push({ row: 1, column: null, value: cell, reason: 'header_unknown' })
    else if (columns.indexOf(column) < at)
      faults.push({ row: 1, column, value: cell, reason: 'header_twice' })
  })
  for (const [name, column] of Object.entries(dataset.columns)) {
    if (column.required && !columns.includes(name)) {
      faults.push({ row: 1, column: name, value: null, reason: 'header_missing' })
    }
  }
  return { columns, faults }
}

function plain(word: string): string {
  return word
    .normalize('NFKC')
    .replace(/[\s*\ufeff]/g, '')
    .replace(/\(元\)$/, '')
    .toLowerCase()
}
