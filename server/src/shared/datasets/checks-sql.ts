import { literal, quoted } from '#ground/warehouse/index.ts'
import { cellSql } from './column-sql.ts'
import type { Dataset } from './dataset.ts'

/** Where unchecked rows come from: anything that can stand behind `from` and gives one text column for each cell. */
export interface UncheckedRows {
  /** A table, or a call such as `read_csv(…)`; its columns are named as the dataset's. */
  readonly from: string
  /** The dataset's columns that are there, in the order of the source; the others become null. */
  readonly present: readonly string[]
  /** The number of the row in its file, where it is not simply its place in the source. */
  readonly rowNumber?: string
  /**
   * A text of faults that were found before (`|column:reason|column:reason|`), where the source has one: such a cell
   * gives that reason, whatever it says.
   */
  readonly marks?: string
  /** The blanks that occur in the source; `allBlanks` where that is not known. */
  readonly blanks: readonly string[]
  /** Whether numbers of the demo division are taken for people: in demo installations and in `evaluate`. */
  readonly allowDemo: boolean
}

/** What may surround a cell without belonging to it: blanks of every width, tabs, ends of lines, byte order marks. */
export const allBlanks: readonly string[] = [' ', '\t', '\n', '\r', '\u00a0', '\u3000', '\ufeff']

/**
 * The query that cleans, types and judges every cell, for DuckDB. It gives every column of the dataset with its type,
 * `faults` (null for a good row, otherwise `column:reason` parts joined by commas) and `cells` (the texts as they came,
 * in the order of `present`, for a faulty row only).
 */
export function checkedRows(dataset: Dataset, source: UncheckedRows): string {
  const columns = Object.entries(dataset.columns).map(([name, column]) => ({
    name,
    stored: quoted(name),
    text: `t_${name}`,
    fault: `f_${name}`,
    required: column.required,
    sql: cellSql(column, source.allowDemo),
  }))
  const present = new Set(source.present)
  const texts = columns.map(({ name, stored, text }) =>
    present.has(name) ? `${trimmed(stored, source.blanks)} as ${text}` : `cast(null as varchar) as ${text}`,
  )
  const values = columns.map(({ sql, text, stored }) => `${sql.value(text)} as v_${stored.slice(1, -1)}`)
  const faults = columns.map(({ sql, text, name, fault, required }) => {
    const missing = required ? `'required'` : 'null'
    const marked = source.marks
      ? `when contains(marks, '|${name}:') then split_part(split_part(marks, '|${name}:', 2), '|', 1) `
      : ''
    return `case ${marked}when ${text} is null then ${missing} else ${sql.fault(text, `v_${name}`)} end as ${fault}`
  })
  const marks = columns.map(({ name, fault }) => `'${name}:' || ${fault}`)
  const cells = source.present.map(quoted).join(', ')
  // Of a row that must not be here nothing is kept, not even as a refused row.
  const barred = Object.entries(dataset.columns).find(([, { refused }]) => refused)?.[0]
  const nothing = `[${source.present.map(() => 'cast(null as varchar)').join(', ')}]`
  const kept = barred ? `case when v_${barred} then ${nothing} else cells end` : 'cells'
  const number = `${source.rowNumber ? `${source.rowNumber} as row_no, ` : ''}${source.marks ? `${source.marks} as marks, ` : ''}`
  return `select ${source.rowNumber ? 'row_no, ' : ''}${columns.map(({ name, stored }) => `v_${name} as ${stored}`).join(', ')},
  case when faulty then concat_ws(',', ${[...marks, 'f_row'].join(', ')}) end as faults,
  case when faulty then ${kept} end as cells
from (
  select *, coalesce(${[...columns.map(({ fault }) => fault), 'f_row'].join(', ')}) is not null as faulty
  from (
    select *, ${faults.join(',\n      ')}, ${rowFault(dataset)} as f_row
    from (
      select *, ${values.join(',\n        ')}
      from (select ${number}[${cells}] as cells, ${texts.join(', ')} from ${source.from}))))`
}

/** A cell without the blanks around it, null where nothing is left. Trimming costs more than looking for blanks first. */
function trimmed(cell: string, blanks: readonly string[]): string {
  const inner = blanks.filter((blank) => blank !== '\r')
  if (inner.length === 0) return `nullif(${cell}, '')`
  const any = inner.map((blank) => `contains(${cell}, ${literal(blank)})`).join(' or ')
  return `nullif(case when ${any} then trim(${cell}, ${literal(allBlanks.join(''))}) else ${cell} end, '')`
}

/** What is wrong with a row although each of its cells is right. */
function rowFault(dataset: Dataset): string {
  if (!dataset.columns.valid_from) return 'cast(null as varchar)'
  return `case when v_valid_to < v_valid_from then 'valid_to:before_valid_from' end`
}
