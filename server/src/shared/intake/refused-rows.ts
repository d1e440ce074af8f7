import { Readable } from 'node:stream'
import { type Dataset, faultSentence, reasonColumn } from '#shared/datasets/index.ts'
import { csvLine, csvRecords } from './csv-records.ts'
import { sheetColumns } from './xlsx/template-workbook.ts'
import { type WrittenCell, writeWorkbook } from './xlsx/write-workbook.ts'

/**
 * The refused rows of a batch as they came, with what is wrong with each: to be mended and sent again, the column of
 * reasons being passed over then.
 * @param path the csv that checking has left: the columns that were there, and `column:reason` parts in the last
 */
export function refusedRowsFile(dataset: Dataset, path: string, form: 'csv' | 'xlsx'): NodeJS.ReadableStream {
  return form === 'csv' ? Readable.from(asCsv(dataset, path)) : Readable.from(asWorkbook(dataset, path))
}

interface RefusedRow {
  readonly cells: readonly string[]
  readonly faults: readonly { readonly column: string; readonly sentence: string }[]
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
  return { names: header.slice(0, -1), rows: rowsOf(dataset, records) }
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
        return { column, sentence: `${title?.zh}：${zh} | ${title?.en}: ${en}` }
      })
    yield { cells: record.slice(0, -1), faults }
  }
}
