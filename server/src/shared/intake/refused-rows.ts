import { Readable } from 'node:stream'
import { maskedText } from '#ground/masking/index.ts'
import { type Bilingual, type Dataset, faultSentence, reasonColumn } from '#shared/datasets/index.ts'
import { csvLine, csvRecords } from './csv-records.ts'
import type { RefusedSheet } from './intake.schema.ts'
import { sheetColumns } from './xlsx/template-workbook.ts'
import { type WrittenCell, writeWorkbook } from './xlsx/write-workbook.ts'

/**
 * The refused rows of a batch as they came, with what is wrong with each: to be mended and sent again, the column of
 * reasons being passed over then.
 * @param path the csv that checking has left: the row's number, the columns that were there, `column:reason` parts
 */
export function refusedRowsFile(dataset: Dataset, path: string, form: 'csv' | 'xlsx'): NodeJS.ReadableStream {
  return form === 'csv' ? Readable.from(asCsv(dataset, path)) : Readable.from(asWorkbook(dataset, path))
}

interface RefusedRow {
  readonly row: number
  readonly cells: readonly string[]
  readonly faults: readonly {
    readonly column: string
    readonly reason: Bilingual
    readonly sentence: string
  }[]
}

/** The first refused rows for the screen: personal cells masked, what is wrong with each cell beside it. */
export async function refusedSheet(dataset: Dataset, path: string, limit: number): Promise<RefusedSheet> {
  const { names, rows } = await read(dataset, path)
  const shown: RefusedSheet['rows'][number][] = []
  for await (const { row, cells, faults } of rows) {
    if (shown.length === limit) break
    shown.push({
      row,
      cells: cells.map((text, at) =>
        text !== '' && dataset.columns[names[at]!]?.personal ? maskedText(text) : text,
      ),
      faults: faults.map(({ column, reason }) => ({ column, reason })),
    })
  }
  const titleOf = (name: string) => dataset.columns[name]!.title
  return { columns: names.map((name) => ({ name, title: titleOf(name) })), rows: shown }
}

async function* asCsv(dataset: Dataset, path: string): AsyncGenerator<string> {
  const { names, rows } = await read(dataset, path)
  yield `\uFEFF${csvLine([...names.map((name) => dataset.columns[name]!.title.zh), reasonColumn])}`
  for await (const { cells, faults } of rows) {
    yield csvLine([...cells, faults.map(({ sentence }) => sentence).join('；')])
  }
}

async function* asWorkbook(dataset: Dataset, path: string): AsyncGenerator<Buffer> {
  const { names, rows } = await read(dataset, path)
  const columns = [
    ...sheetColumns(dataset, names),
    { title: reasonColumn, format: 'text' as const, width: 80 },
  ]
  yield* writeWorkbook([
    { name: dataset.title.zh, columns, rows: marked(names, rows) },
  ]) as AsyncIterable<Buffer>
}

async function* marked(
  names: readonly string[],
  rows: AsyncIterable<RefusedRow>,
): AsyncGenerator<readonly WrittenCell[]> {
  for await (const { cells, faults } of rows) {
    const bad = new Set(faults.map(({ column }) => column))
    yield [
      ...cells.map((text, at) => ({ text, bad: bad.has(names[at]!) })),
      { text: faults.map(({ sentence }) => sentence).join('；') },
    ]
  }
}

async function read(dataset: Dataset, path: string) {
  const records = csvRecords(path)
  const header = (await records.next()).value as string[]
  return { names: header.slice(1, -1), rows: rowsOf(dataset, records) }
}

async function* rowsOf(dataset: Dataset, records: AsyncIterable<string[]>): AsyncGenerator<RefusedRow> {
  for await (const record of records) {
    const faults = record
      .at(-1)!
      .split(',')
      .map((part) => {
        const [column = '', reason = ''] = part.split(':')
        const { zh, en } = faultSentence(dataset, { row: null, column, value: null, reason })
        const title = dataset.columns[column]?.title
        return { column, reason: { zh, en }, sentence: `${title?.zh}：${zh} | ${title?.en}: ${en}` }
      })
    yield { row: Number(record[0]), cells: record.slice(1, -1), faults }
  }
}
