import { quoted } from '#ground/warehouse/index.ts'
import { cellSql } from './column-sql.ts'
import type { Dataset } from './dataset.ts'

/**
 * The checks of one file's rows, made from the dataset's description and run by DuckDB (about two million cells a
 * second and core are checked, so five million payments take seconds, not minutes). Three relations follow each other:
 *
 *   raw      `row_no` and one text column for each column the file has (see `loadCsv`)
 *   staged   `row_no`, every column of the dataset with its type, and `faults`: null for a good row, otherwise
 *            `column:reason` parts joined by commas
 *   report   one line for each fault: `row_no`, `column_name`, `value` as the file has it, `reason`
 */
export interface StagingOptions {
  /** Table or view of `row_no` and texts; its columns are named as the dataset's. */
  readonly raw: string
  /** Table to be made. */
  readonly staged: string
  /** The dataset's columns that the file has; the others become null. */
  readonly present: readonly string[]
  /** Whether numbers of the demo division are taken for people: only in demo installations and in `evaluate`. */
  readonly allowDemo: boolean
}

/** What surrounds a cell without belonging to it: blanks of every width, tabs, byte order marks. */
const blanks = `' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(12288) || chr(65279)`

/** The statement that makes `staged` out of `raw`: every cell cleaned, typed and judged on its own. */
export function stageRows(dataset: Dataset, options: StagingOptions): string {
  const columns = Object.entries(dataset.columns)
  const present = new Set(options.present)
  const cells = columns.map(([name, column]) => ({ name, column, sql: cellSql(column, options.allowDemo) }))
  const texts = columns.map(([name]) =>
    present.has(name)
      ? `nullif(trim(${quoted(name)}, ${blanks}), '') as t_${name}`
      : `cast(null as varchar) as t_${name}`,
  )
  const values = cells.map(({ name, sql }) => `${sql.value(`t_${name}`)} as ${quoted(name)}`)
  const faults = cells.map(({ name, column, sql }) => {
    const missing = column.required ? `'required'` : 'null'
    return `case when t_${name} is null then ${missing} else ${sql.fault(`t_${name}`, quoted(name))} end as f_${name}`
  })
  const marks = columns.map(([name]) => `'${name}:' || f_${name}`)
  return `create table ${quoted(options.staged)} as
select row_no, ${columns.map(([name]) => quoted(name)).join(', ')},
  case when coalesce(${[...columns.map(([name]) => `f_${name}`), 'f_row'].join(', ')}) is not null
    then concat_ws(',', ${[...marks, 'f_row'].join(', ')}) end as faults
from (
  select *, ${faults.join(',\n    ')}, ${rowFault(dataset)} as f_row
  from (
    select *, ${values.join(',\n      ')}
    from (select row_no, ${texts.join(', ')} from ${quoted(options.raw)})))`
}

/** What is wrong with a row although each of its cells is right. */
function rowFault(dataset: Dataset): string {
  if (!dataset.columns.valid_from) return 'cast(null as varchar)'
  return `case when valid_to < valid_from then 'valid_to:before_valid_from' end`
}

/**
 * Marks the rows of `staged` whose key an earlier row of the file has. Keys are first compared by hash, which keeps the
 * memory small; only rows whose hash occurs twice are compared as texts.
 */
export function markDuplicates(dataset: Dataset, staged: string): string {
  const key = dataset.key.map((name) => `coalesce(cast(${quoted(name)} as varchar), '')`).join(', ')
  const first = dataset.key.find((name) => dataset.columns[name]?.required) ?? dataset.key[0]
  return `update ${quoted(staged)} set faults = concat_ws(',', faults, '${first}:duplicate=' || earlier.first_row)
from (
  select row_no, min(row_no) over (partition by ${key}) as first_row
  from ${quoted(staged)}
  where hash(${key}) in (select hash(${key}) as h from ${quoted(staged)} group by h having count(*) > 1)
) earlier
where earlier.row_no = ${quoted(staged)}.row_no and earlier.first_row < earlier.row_no`
}

/** The report of the faults, in the order of the rows; `limit` bounds what is shown, not what is counted. */
export function faultReport(_dataset: Dataset, options: StagingOptions & { limit: number }): string {
  const branches = options.present.map((name) => `when '${name}' then left(r.${quoted(name)}, 200)`)
  return `select cast(f.row_no as integer) as row_no, f.column_name, case f.column_name ${branches.join(' ')} end as value, f.reason
from (
  select row_no, split_part(part, ':', 1) as column_name, split_part(part, ':', 2) as reason, place
  from (
    select row_no, unnest(string_split(faults, ',')) as part, generate_subscripts(string_split(faults, ','), 1) as place
    from (select row_no, faults from ${quoted(options.staged)} where faults is not null order by row_no limit ${options.limit}))
) f join ${quoted(options.raw)} r on r.row_no = f.row_no
order by f.row_no, f.place
limit ${options.limit}`
}

/** How many rows there are, and how many of them are faulty: `total`, `faulty`. */
export function countStaged(staged: string): string {
  return `select cast(count(*) as integer) as total, cast(count(faults) as integer) as faulty from ${quoted(staged)}`
}

/** How often each column has which fault: `column_name`, `reason` (without its detail), `n`. */
export function countFaults(staged: string): string {
  return `select split_part(part, ':', 1) as column_name, split_part(split_part(part, ':', 2), '=', 1) as reason,
  cast(count(*) as integer) as n
from (select unnest(string_split(faults, ',')) as part from ${quoted(staged)} where faults is not null)
group by 1, 2 order by n desc, 1, 2`
}

/** The good rows with the dataset's columns in their order: what an insert into the warehouse selects. */
export function cleanRows(dataset: Dataset, staged: string): string {
  return `select ${Object.keys(dataset.columns).map(quoted).join(', ')} from ${quoted(staged)} where faults is null`
}
