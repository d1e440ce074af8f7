import { literal, quoted, type WarehouseSession } from '#ground/warehouse/index.ts'
import {
  type Dataset,
  datasetByName,
  type RowFault,
  type StagedRows,
  sqlType,
} from '#shared/datasets/index.ts'
import { keptTable } from '../kept-rows.ts'
import type { StagedFile } from '../staged.ts'
import type { InvoiceLayout } from './invoice-layout.ts'

/** Documents that could not be read at all: they are refused beside the rows of the others. */
export interface UnreadDocument {
  readonly file: string
  readonly reason: string
}

/**
 * Makes invoices of checked rows. An invoice stands or falls as a whole: when one of its rows is refused, when its rows
 * contradict each other or its amounts do not add up, all of its rows are refused. Counts are invoices, not rows.
 */
export async function stageInvoices(
  session: WarehouseSession,
  layout: InvoiceLayout,
  rows: StagedRows,
  unread: readonly UnreadDocument[] = [],
): Promise<StagedFile> {
  await session.run(`create table good as ${rows.numberedRows}`)
  await session.run(`create table bad as ${rows.refusedRows}`)
  const cutOff = rows.refused - (await count(session, 'select count(*) as n from bad'))
  await session.run(`create table judged as ${judgedInvoices(layout, rows.present)}`)
  const total = await count(session, 'select count(*) as n from judged')
  const refused = await count(session, 'select count(*) as n from judged where partly or found is not null')
  const lost = cutOff + unread.length
  return {
    source: layout.source,
    total: total + lost,
    refused: refused + lost,
    faults: async (limit) => {
      const faults = [...(await rows.faults(limit)), ...(await readFaults(session, limit))]
      const found = await placed(session, layout, rows.present, faults)
      const whole = unread.map(({ file, reason }) => ({ file, row: null, column: null, value: null, reason }))
      return [...whole, ...found].slice(0, limit)
    },
    present: rows.present,
    refusedRows: refusedRows(layout, rows.present),
    keep: async () => {
      await keepInvoices(session, layout)
      await rows.drop()
      for (const table of ['good', 'bad', 'judged']) await session.run(`drop table ${table}`)
    },
  }
}

/** What names an invoice in the good rows, and in the texts of the refused ones. */
function names(layout: InvoiceLayout, present: readonly string[]) {
  const cell = (column: string) => `trim(coalesce(cells[${present.indexOf(column) + 1}], ''))`
  return {
    good: `${layout.code ? `coalesce(${layout.code}, '')` : "''"} as code, ${layout.number} as number`,
    bad: `${layout.code && present.includes(layout.code) ? cell(layout.code) : "''"} as code,
      coalesce(nullif(${cell(layout.number)}, ''), 'row ' || row_no) as number`,
  }
}

/** One row for each invoice: its first row, whether a row of it was refused, and what is wrong with it as a whole. */
function judgedInvoices(layout: InvoiceLayout, present: readonly string[]): string {
  const { good, bad } = names(layout, present)
  const differing = layout.shared.map(
    (column) =>
      `case when count(distinct coalesce(cast(${column} as varchar), '')) > 1 then '${column}:head_differs' end`,
  )
  const found = [...differing, ...sumFaults(layout)]
  return `select code, number, min(row_no) as first_row, bool_or(refused) as partly,
      case when not bool_or(refused) then nullif(concat_ws(',', ${found.join(', ')}), '') end as found
    from (
      select *, ${good}, false as refused from good
      union all by name select row_no, ${bad}, true as refused from bad
    ) group by code, number`
}

/** Amounts are compared as they stand on the invoice: the tax authority itself has rounded them. */
function sumFaults({ sums }: InvoiceLayout): string[] {
  const { lineAmount, lineTax, amount, tax, total } = sums
  const differs = (column: string, sum: string, reason: string) =>
    `case when ${sum} <> any_value(${column}) then '${column}:${reason}=' || ${sum} end`
  return [
    differs(amount ?? total, `sum(${lineAmount})`, 'lines_sum'),
    ...(lineTax && tax ? [differs(tax, `coalesce(sum(${lineTax}), 0)`, 'lines_tax')] : []),
    ...(amount && tax
      ? [differs(total, `any_value(${amount}) + coalesce(any_value(${tax}), 0)`, 'total_sum')]
      : []),
  ]
}

/** Rows that were refused themselves, and those that fall with their invoice. */
function refusedRows(layout: InvoiceLayout, present: readonly string[]): string {
  const texts = present.map((column) => `cast(${quoted(column)} as varchar)`).join(', ')
  return `select row_no, cells, faults from bad
    union all select row_no, [${texts}] as cells,
      case when row_no = first_row and found is not null then found else '${layout.number}:invoice_refused' end as faults
    from (${fallenRows(layout)}) f`
}

/** Good rows of refused invoices. */
function fallenRows(layout: InvoiceLayout): string {
  return `select g.*, j.first_row, j.found from (select *, ${names(layout, []).good} from good) g
    join judged j on j.code = g.code and j.number = g.number where j.partly or j.found is not null`
}

async function readFaults(session: WarehouseSession, limit: number): Promise<readonly RowFault[]> {
  const found =
    await session.rows(`select cast(first_row as integer) as row_no, unnest(string_split(found, ',')) as part
    from judged where found is not null order by 1 limit ${limit}`)
  return found.map(({ row_no, part }) => {
    const [column = '', reason = ''] = String(part).split(':')
    return { row: Number(row_no), column, value: null, reason }
  })
}

/** Faults with the file and the row in it where the source holds several, and the values of cells that are known. */
async function placed(
  session: WarehouseSession,
  layout: InvoiceLayout,
  present: readonly string[],
  faults: readonly RowFault[],
): Promise<readonly (RowFault & { file?: string })[]> {
  const numbers = [...new Set(faults.flatMap(({ row }) => (row === null ? [] : [row])))]
  if (numbers.length === 0) return faults
  const texts = present.map((column) => `cast(${quoted(column)} as varchar)`).join(', ')
  const found = await session.rows(`select row_no, cells from (
      select row_no, cells from bad union all select row_no, [${texts}] as cells from good
    ) where row_no in (${numbers.map(literal).join(', ')})`)
  const cells = new Map(found.map((row) => [Number(row.row_no), row.cells as string[]]))
  const cellOf = (row: number | null, column: string) =>
    cells.get(row ?? 0)?.[present.indexOf(column)] ?? null
  return faults.map((fault) => {
    const value = fault.value ?? (fault.column ? cellOf(fault.row, fault.column) : null)
    if (!layout.place) return { ...fault, value }
    const row = cellOf(fault.row, layout.place.row)
    const file = cellOf(fault.row, layout.place.file)
    return { ...fault, value, row: row === null ? null : Number(row), ...(file ? { file } : {}) }
  })
}

/** Leaves the good invoices and their lines in tables of their own. */
async function keepInvoices(session: WarehouseSession, layout: InvoiceLayout): Promise<void> {
  const whole = `select g.*, j.first_row from (select *, ${names(layout, []).good} from good) g
    join judged j on j.code = g.code and j.number = g.number where not j.partly and j.found is null`
  const keep = (dataset: Dataset, expressions: Readonly<Record<string, string>>, which: string) =>
    session.run(`create table ${keptTable(dataset)} as
      select ${Object.keys(dataset.columns)
        .map((name) => cast(dataset, name, expressions[name] ?? 'null'))
        .join(', ')} from (${whole}) w where ${which}`)
  await keep(datasetByName('invoice')!, layout.head, 'row_no = first_row')
  await keep(datasetByName('invoice_line')!, layout.line, layout.hasLine)
}

function cast(dataset: Dataset, name: string, expression: string): string {
  return `cast(${expression} as ${sqlType(dataset.columns[name]!)}) as ${quoted(name)}`
}

async function count(session: WarehouseSession, query: string): Promise<number> {
  const [row] = await session.rows(query)
  return Number(row?.n)
}
