import { join } from 'node:path'
import { literal, quoted, type WarehouseSession } from '#ground/warehouse/index.ts'
import { longestLine, readHeader, sniffCsv, utf8Copy } from './csv-text.ts'
import type { Dataset } from './dataset.ts'
import type { RowFault } from './faults.ts'
import { readColumns } from './header.ts'

export interface LoadedCsv {
  /** The dataset's columns that the file has. */
  readonly present: readonly string[]
  /** What is wrong with the file as a whole; then nothing was loaded. */
  readonly fileFaults: readonly RowFault[]
  /** How many rows could not even be cut into cells, and the first of them. */
  readonly unreadable: number
  readonly unreadableFaults: readonly RowFault[]
}

const shownUnreadable = 1000

/**
 * Loads a csv file (UTF-8 with or without mark, or GB18030) as texts into the view `raw` of a DuckDB session, with the
 * number of each record in the file. Rows that cannot be cut into the header's cells are left out and reported.
 * @param folder where the UTF-8 copy of a GB18030 file is written; the caller removes it
 */
export async function loadCsv(
  session: WarehouseSession,
  dataset: Dataset,
  path: string,
  { raw, folder }: { raw: string; folder: string },
): Promise<LoadedCsv> {
  const refuse = (faults: readonly RowFault[]): LoadedCsv => ({
    present: [],
    fileFaults: faults,
    unreadable: 0,
    unreadableFaults: [],
  })
  const wholeFile = (reason: string) => refuse([{ row: null, column: null, value: null, reason }])
  const sniffed = await sniffCsv(path)
  if (sniffed !== 'utf-8' && sniffed !== 'gb18030') return wholeFile(sniffed)
  const readable = sniffed === 'utf-8' ? path : join(folder, `${raw}.utf8.csv`)
  if (sniffed === 'gb18030' && !(await utf8Copy(path, readable))) return wholeFile('encoding')
  const header = await readHeader(readable)
  if (!header) return wholeFile('header_unreadable')
  const { columns, faults } = readColumns(dataset, header)
  if (faults.length > 0) return refuse(faults)
  return { present: columns, fileFaults: [], ...(await readRows(session, readable, columns, raw)) }
}

async function readRows(
  session: WarehouseSession,
  path: string,
  columns: readonly string[],
  raw: string,
): Promise<Pick<LoadedCsv, 'unreadable' | 'unreadableFaults'>> {
  const lines = `${raw}_lines`
  const rejects = `${raw}_rejects`
  const types = columns.map((column) => `${literal(column)}: 'varchar'`).join(', ')
  // The place of a row in the table must be its place in the file.
  await session.run('set preserve_insertion_order = true')
  try {
    await session.run(`create table ${quoted(lines)} as select * from read_csv(${literal(path)},
      auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', strict_mode = true, columns = {${types}},
      max_line_size = ${longestLine}, store_rejects = true,
      rejects_table = ${literal(rejects)}, rejects_scan = ${literal(`${raw}_scan`)})`)
  } finally {
    await session.run('set preserve_insertion_order = false')
  }
  const [counted] = await session.rows(
    `select cast(count(distinct line) as integer) as n from ${quoted(rejects)}`,
  )
  const unreadable = Number(counted?.n)
  await session.run(
    unreadable === 0
      ? `create view ${quoted(raw)} as select rowid + 2 as row_no, * from ${quoted(lines)}`
      : numberedAroundGaps(raw, lines, rejects),
  )
  return { unreadable, unreadableFaults: await rejectedRows(session, rejects) }
}

/** The k-th row of the table is the record whose number is k plus the rejected ones before it. */
function numberedAroundGaps(raw: string, lines: string, rejects: string): string {
  return `create view ${quoted(raw)} as
    select l.rowid + 2 + coalesce(g.gaps, 0) as row_no, l.*
    from ${quoted(lines)} l asof left join (
      select line - row_number() over (order by line) - 1 as first_after, row_number() over (order by line) as gaps
      from (select distinct line from ${quoted(rejects)})
    ) g on l.rowid >= g.first_after`
}

async function rejectedRows(session: WarehouseSession, rejects: string): Promise<readonly RowFault[]> {
  const rows = await session.rows(
    `select cast(line as integer) as line, min(error_type) as error_type, left(min(csv_line), 200) as text
     from ${quoted(rejects)} group by line order by line limit ${shownUnreadable}`,
  )
  return rows.map((row) => ({
    row: Number(row.line),
    column: null,
    value: row.text === null ? null : String(row.text),
    reason: reasonOf[String(row.error_type)] ?? 'row_unreadable',
  }))
}

const reasonOf: Readonly<Record<string, string>> = {
  'MISSING COLUMNS': 'columns_missing',
  'TOO MANY COLUMNS': 'columns_extra',
  'UNQUOTED VALUE': 'quotes',
  'LINE SIZE OVER MAXIMUM': 'line_too_long',
}
