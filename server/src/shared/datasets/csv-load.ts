import { join } from 'node:path'
import { literal, quoted, type WarehouseSession } from '#ground/warehouse/index.ts'
import { longestLine, readHeader, sniffCsv, utf8Copy } from './csv-text.ts'
import type { Dataset } from './dataset.ts'
import type { RowFault } from './faults.ts'
import { readColumns, reasonColumn } from './header.ts'
import { type StagedRows, stageRows } from './staging.ts'

export interface CsvOptions {
  /** Prefix of the tables that are made; a plain name. */
  readonly name: string
  /** Where the UTF-8 copy of a GB18030 file is written; the caller removes it. */
  readonly folder: string
  readonly allowDemo: boolean
}

/** Either the checked rows, or what is wrong with the file as a whole. */
export type StagedCsv =
  | { readonly staged: StagedRows; readonly fileFaults: readonly [] }
  | { readonly staged: undefined; readonly fileFaults: readonly RowFault[] }

/**
 * Reads and checks a csv file (UTF-8 with or without mark, or GB18030) in one pass of a DuckDB session. Rows that cannot
 * be cut into the header's cells are left out and reported with the others.
 */
export async function stageCsv(
  session: WarehouseSession,
  dataset: Dataset,
  path: string,
  { name, folder, allowDemo }: CsvOptions,
): Promise<StagedCsv> {
  const refuse = (reason: string): StagedCsv => ({
    staged: undefined,
    fileFaults: [{ row: null, column: null, value: null, reason }],
  })
  const text = await sniffCsv(path)
  if (text.fault !== undefined) return refuse(text.fault)
  const readable = text.encoding === 'utf-8' ? path : join(folder, `${name}.utf8.csv`)
  if (readable !== path && !(await utf8Copy(path, readable))) return refuse('encoding')
  const header = await readHeader(readable)
  if (!header) return refuse('header_unreadable')
  const { columns, faults } = readColumns(dataset, header)
  if (faults.length > 0) return { staged: undefined, fileFaults: faults }
  const reading = csvReading(readable, columns, name)
  const present = columns.filter((column) => column !== reasonColumn)
  const source = { from: reading.from, present, blanks: text.blanks, allowDemo }
  const staged = await stageRows(session, dataset, source, { name, unreadable: reading.unreadable })
  const keep = async (table: string) => {
    await staged.keep(table)
    await reading.drop(session)
  }
  const drop = async () => {
    await staged.drop()
    await reading.drop(session)
  }
  return { staged: { ...staged, keep, drop }, fileFaults: [] }
}

/** The reading of a file whose columns are known, and the query of its rows that could not be cut into cells. */
function csvReading(path: string, columns: readonly string[], name: string) {
  const types = columns.map((column) => `${literal(column)}: 'varchar'`).join(', ')
  const rejects = `${name}_rejects`
  const scans = `${name}_scans`
  const reasons = Object.entries(reasonOf).map(
    ([type, reason]) => `when ${literal(type)} then ${literal(reason)}`,
  )
  return {
    from: `read_csv(${literal(path)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
      strict_mode = true, columns = {${types}}, max_line_size = ${longestLine},
      store_rejects = true, rejects_table = ${literal(rejects)}, rejects_scan = ${literal(scans)})`,
    unreadable: `select line, case min(error_type) ${reasons.join(' ')} else 'row_unreadable' end as reason,
      min(csv_line) as text from ${quoted(rejects)} group by line`,
    drop: async (session: WarehouseSession) => {
      await session.run(`drop table ${quoted(rejects)}`)
      await session.run(`drop table ${quoted(scans)}`)
    },
  }
}

const reasonOf: Readonly<Record<string, string>> = {
  'MISSING COLUMNS': 'columns_missing',
  'TOO MANY COLUMNS': 'columns_extra',
  'UNQUOTED VALUE': 'quotes',
  'LINE SIZE OVER MAXIMUM': 'line_too_long',
}
