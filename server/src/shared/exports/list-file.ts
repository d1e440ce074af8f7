import { type CellFormat, inBlocks, type WrittenCell, writeWorkbook } from '#shared/intake/index.ts'
import { guardedCell } from './csv-guard.ts'

export interface ListColumn {
  readonly title: string
  /** `money` and `number` are quantities; everything else is a text, numbers that are names above all. */
  readonly format: CellFormat
  /** In characters of Latin width. */
  readonly width: number
}

/** What stands on a list that was taken out, beside its rows. */
export interface Letterhead {
  readonly title: string
  readonly lines: readonly (readonly [string, string])[]
}

type Rows = AsyncIterable<readonly string[]>

const isQuantity = ({ format }: ListColumn) => format === 'money' || format === 'number'

/**
 * The list as a csv for spreadsheets (UTF-8 with byte-order mark). The letterhead stands at its end, where it does not
 * come between the header and whoever reads the file by machine; so does the number of rows, known only then.
 */
export function csvList(
  columns: readonly ListColumn[],
  rows: Rows,
  letterhead: () => Letterhead,
): AsyncIterable<string> {
  return inBlocks(csvLines(columns, rows, letterhead))
}

async function* csvLines(
  columns: readonly ListColumn[],
  rows: Rows,
  letterhead: () => Letterhead,
): AsyncGenerator<string> {
  yield `\uFEFF${columns.map(({ title }) => guardedCell(title, true)).join(',')}\r\n`
  for await (const cells of rows) {
    yield `${cells.map((text, at) => guardedCell(text, !isQuantity(columns[at]!))).join(',')}\r\n`
  }
  const { title, lines } = letterhead()
  yield `\r\n${guardedCell(title, true)}\r\n`
  for (const line of lines) yield `${line.map((text) => guardedCell(text, true)).join(',')}\r\n`
}

/** The list as a workbook: the rows on the first sheet, the letterhead on the second. */
export function xlsxList(
  columns: readonly ListColumn[],
  rows: Rows,
  letterhead: () => Letterhead,
  sheetName: string,
): AsyncIterable<Buffer> {
  return writeWorkbook([
    { name: sheetName, columns, rows: cellsOf(columns, rows) },
    {
      name: '说明',
      columns: [
        { title: '项目', format: 'text', width: 24 },
        { title: '内容', format: 'text', width: 80 },
      ],
      rows: letterheadRows(letterhead),
    },
  ])
}

async function* cellsOf(columns: readonly ListColumn[], rows: Rows): AsyncGenerator<readonly WrittenCell[]> {
  for await (const cells of rows) {
    yield cells.map((text, at) => ({ text, number: isQuantity(columns[at]!) }))
  }
}

/** Made when the second sheet is written: the rows have been counted by then. */
function* letterheadRows(letterhead: () => Letterhead): Generator<readonly WrittenCell[]> {
  const { title, lines } = letterhead()
  yield [{ text: '标题' }, { text: title }]
  for (const [name, text] of lines) yield [{ text: name }, { text }]
}
