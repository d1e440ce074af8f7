import { quoted, type WarehouseSession } from '#ground/warehouse/index.ts'
import { checkedRows, type UncheckedRows } from './checks-sql.ts'
import type { Dataset } from './dataset.ts'
import type { RowFault } from './faults.ts'

/** The checked rows of one file, in tables of the session's DuckDB until `drop`. */
export interface StagedRows {
  /** Rows of the file without the header, and how many of them are refused. */
  readonly total: number
  readonly refused: number
  /** The query of the good rows: every column of the dataset, typed, in its order. */
  readonly goodRows: string
  /** The same with the number of the row in front, `row_no`. */
  readonly numberedRows: string
  /** The good rows where nothing is refused: it looks at nothing else, so rules may read it again and again. */
  readonly allRows: string
  /** The query of the refused rows: `row_no`, `cells` (texts as they came, in the order of `present`), `faults`. */
  readonly refusedRows: string
  readonly present: readonly string[]
  /** The first faults, in the order of the rows. */
  faults(limit: number): Promise<readonly RowFault[]>
  /** How often each column has which fault, most frequent first. */
  faultCounts(): Promise<readonly FaultCount[]>
  /** Ends the staging, leaving the good rows in a table of that name: every column of the dataset, and perhaps others. */
  keep(table: string): Promise<void>
  drop(): Promise<void>
}

export interface FaultCount {
  readonly column: string | null
  readonly reason: string
  readonly count: number
}

export interface StagingOptions {
  /** Prefix of the tables that are made; a plain name. */
  readonly name: string
  /**
   * Query, run after the rows have been read, of those that could not be cut into cells: `line` (number in the file),
   * `reason`, `text`.
   */
  readonly unreadable?: string
}

/** Checks rows into tables named after `name`. Nothing is stored elsewhere: the caller inserts `goodRows` where it wants. */
export async function stageRows(
  session: WarehouseSession,
  dataset: Dataset,
  source: UncheckedRows,
  { name, unreadable }: StagingOptions,
): Promise<StagedRows> {
  const names = stagingNames(name)
  // The place of a row in the table must be its place in the file, so that its number can be told.
  await session.run('set preserve_insertion_order = true')
  try {
    await session.run(`create table ${names.checked} as ${checkedRows(dataset, source)}`)
  } finally {
    await session.run('set preserve_insertion_order = false')
  }
  const gaps =
    unreadable === undefined ? 0 : await count(session, `select count(*) as n from (${unreadable}) u`)
  await session.run(
    `create temp view ${names.numbered} as ${numberedRows(names.checked, source, gaps > 0 ? unreadable : undefined)}`,
  )
  await session.run(`create table ${names.repeated} as ${repeatedRows(dataset, names.numbered)}`)
  const columns = Object.keys(dataset.columns).map(quoted).join(', ')
  const good = `from ${names.numbered} where faults is null and row_no not in (select row_no from ${names.repeated})`
  const rows = await count(session, `select count(*) as n from ${names.checked}`)
  const kept = await count(session, `select count(*) as n ${good}`)
  const faultRows = allFaults(dataset, names, source.present, gaps > 0 ? unreadable : undefined)
  return {
    total: rows + gaps,
    refused: rows + gaps - kept,
    goodRows: `select ${columns} ${good}`,
    numberedRows: `select row_no, ${columns} ${good}`,
    allRows: `select ${columns} from ${names.checked}`,
    refusedRows: refusedRows(dataset, names, source.present),
    present: source.present,
    faults: (limit) => readFaults(session, faultRows, limit),
    faultCounts: () => readCounts(session, faultRows),
    keep: async (table) => {
      const whole = rows + gaps === kept
      if (!whole) await session.run(`create table ${quoted(table)} as select ${columns} ${good}`)
      await session.run(`drop view temp.${names.numbered}`)
      await session.run(`drop table ${names.repeated}`)
      // Renaming costs nothing; copying millions of rows would cost as much as checking them.
      await session.run(
        whole ? `alter table ${names.checked} rename to ${quoted(table)}` : `drop table ${names.checked}`,
      )
    },
    drop: async () => {
      await session.run(`drop view temp.${names.numbered}`)
      await session.run(`drop table ${names.checked}`)
      await session.run(`drop table ${names.repeated}`)
    },
  }
}

interface StagingNames {
  readonly checked: string
  readonly numbered: string
  readonly repeated: string
}

function stagingNames(name: string): StagingNames {
  return {
    checked: quoted(`${name}_checked`),
    numbered: quoted(`${name}_numbered`),
    repeated: quoted(`${name}_repeated`),
  }
}

/** The checked rows with their number in the file: the header is 1, and unreadable rows have numbers too. */
function numberedRows(checked: string, source: UncheckedRows, unreadable: string | undefined): string {
  if (source.rowNumber) return `select * from ${checked}`
  if (!unreadable) return `select rowid + 2 as row_no, * from ${checked}`
  return `select c.rowid + 2 + coalesce(g.gaps, 0) as row_no, c.*
    from ${checked} c asof left join (
      select line - row_number() over (order by line) - 1 as first_after, row_number() over (order by line) as gaps
      from (${unreadable}) u
    ) g on c.rowid >= g.first_after`
}

/**
 * The good rows whose key an earlier good row of the file has, with that row's number. Keys are first compared by hash,
 * which keeps the memory small; only rows whose hash occurs twice are compared as texts. Empty parts of a key are equal.
 */
function repeatedRows(dataset: Dataset, numbered: string): string {
  const key = dataset.key.map((name) => `coalesce(cast(${quoted(name)} as varchar), '')`).join(', ')
  return `select row_no, first_row from (
    select row_no, min(row_no) over (partition by ${key}) as first_row
    from ${numbered}
    where faults is null
      and hash(${key}) in (select hash(${key}) as h from ${numbered} group by h having count(*) > 1)
  ) where first_row < row_no`
}

function refusedRows(dataset: Dataset, names: StagingNames, present: readonly string[]): string {
  const texts = present.map((column) => `cast(${quoted(column)} as varchar)`).join(', ')
  return `select n.row_no, coalesce(n.cells, [${texts}]) as cells,
      coalesce(n.faults, '${keyColumn(dataset)}:duplicate=' || r.first_row) as faults
    from ${names.numbered} n left join ${names.repeated} r on r.row_no = n.row_no
    where n.faults is not null or r.row_no is not null`
}

/** The column at which a repeated key is shown: the first of the key that is never empty. */
function keyColumn(dataset: Dataset): string {
  return dataset.key.find((name) => dataset.columns[name]?.required) ?? dataset.key[0]!
}

/** One line for each fault: `row_no`, `place` within the row, `column_name`, `value`, `reason`. */
function allFaults(
  dataset: Dataset,
  names: StagingNames,
  present: readonly string[],
  unreadable: string | undefined,
): string {
  const places = present.map((column, at) => `when '${column}' then ${at + 1}`).join(' ')
  const rows = `select row_no, place, split_part(part, ':', 1) as column_name,
      left(cells[case split_part(part, ':', 1) ${places} end], 200) as value, split_part(part, ':', 2) as reason
    from (
      select row_no, cells, unnest(string_split(faults, ',')) as part,
        generate_subscripts(string_split(faults, ','), 1) as place
      from (${refusedRows(dataset, names, present)}))`
  if (!unreadable) return rows
  return `${rows} union all select line, 0, null, left(text, 200), reason from (${unreadable}) u`
}

async function readFaults(
  session: WarehouseSession,
  faults: string,
  limit: number,
): Promise<readonly RowFault[]> {
  const rows = await session.rows(
    `select cast(row_no as integer) as row_no, column_name, value, reason from (${faults}) order by row_no, place limit ${limit}`,
  )
  return rows.map((row) => ({
    row: Number(row.row_no),
    column: row.column_name as string | null,
    value: row.value as string | null,
    reason: String(row.reason),
  }))
}

async function readCounts(session: WarehouseSession, faults: string): Promise<readonly FaultCount[]> {
  const rows = await session.rows(
    `select column_name, split_part(reason, '=', 1) as reason, cast(count(*) as integer) as n
     from (${faults}) group by 1, 2 order by n desc, 1, 2`,
  )
  return rows.map((row) => ({
    column: row.column_name as string | null,
    reason: String(row.reason),
    count: Number(row.n),
  }))
}

async function count(session: WarehouseSession, query: string): Promise<number> {
  const [row] = await session.rows(query)
  return Number(row?.n)
}
