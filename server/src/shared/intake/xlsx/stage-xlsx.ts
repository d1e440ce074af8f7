import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { literal, quoted, type WarehouseSession } from '#ground/warehouse/index.ts'
import {
  allBlanks,
  type Dataset,
  type RowFault,
  readColumns,
  reasonColumn,
  type StagedCsv,
  stageRows,
} from '#shared/datasets/index.ts'
import { UnreadableXml } from '../xml/read-xml.ts'
import { openSafeZip, type SafeZip, UnsafeZip } from '../zip/safe-zip.ts'
import { cellText } from './cell-text.ts'
import { readNumberFormats } from './number-formats.ts'
import { readSheet, type SheetCell } from './read-sheet.ts'
import { readSharedTexts } from './shared-texts.ts'
import { readWorkbook, TooLargeWorkbook } from './workbook.ts'

/** A full sheet of a million rows is about 1 GB of XML. */
const limits = { entries: 5000, entryBytes: 4 * 1024 ** 3, totalBytes: 6 * 1024 ** 3 }

/** A row's texts together, as in csv. */
const longestRow = 2_097_152

/**
 * Reads the first visible sheet of a workbook as a stream into a plain csv of our own, with the number of each row and
 * what only the spreadsheet shows (digits lost, formulas that failed), and checks that like any other.
 */
export async function stageXlsx(
  session: WarehouseSession,
  dataset: Dataset,
  path: string,
  { name, folder, allowDemo }: { name: string; folder: string; allowDemo: boolean },
): Promise<StagedCsv> {
  const target = join(folder, `${name}.sheet.csv`)
  const { columns, faults } = await copySheet(dataset, path, target)
  if (faults.length > 0) return { staged: undefined, fileFaults: faults }
  const types = ['row_no', 'marks', ...columns].map(
    (column) => `${literal(column)}: ${column === 'row_no' ? "'integer'" : "'varchar'"}`,
  )
  const from = `read_csv(${literal(target)}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
    columns = {${types.join(', ')}}, max_line_size = ${longestRow * 4})`
  const source = {
    from,
    present: columns.filter((column) => column !== reasonColumn),
    rowNumber: quoted('row_no'),
    marks: 'marks',
    blanks: allBlanks,
    allowDemo,
  }
  return { staged: await stageRows(session, dataset, source, { name }), fileFaults: [] }
}

interface CopiedSheet {
  readonly columns: readonly string[]
  readonly faults: readonly RowFault[]
}

const refused = (reason: string): CopiedSheet => ({
  columns: [],
  faults: [{ row: null, column: null, value: null, reason }],
})

async function copySheet(dataset: Dataset, path: string, target: string): Promise<CopiedSheet> {
  let zip: SafeZip | undefined
  try {
    zip = await openSafeZip(path, limits)
    return await copyRows(dataset, zip, target)
  } catch (error) {
    if (error instanceof TooLargeWorkbook) return refused('xlsx_too_large')
    if (error instanceof UnsafeZip || error instanceof UnreadableXml) return refused(error.reason)
    throw error
  } finally {
    zip?.close()
  }
}

async function copyRows(dataset: Dataset, zip: SafeZip, target: string): Promise<CopiedSheet> {
  const workbook = await readWorkbook(zip)
  if (!workbook.sheet || !zip.has(workbook.sheet)) return refused('no_sheet')
  const formats = await readNumberFormats(zip, workbook.styles)
  const texts = await readSharedTexts(zip, workbook.sharedTexts)
  const file = createWriteStream(target, { mode: 0o600 })
  const failure = new Promise<never>((_done, fail) => file.once('error', fail))
  failure.catch(() => {})
  let header: { columns: readonly string[]; faults: readonly RowFault[] } | undefined
  let lines: string[] = []
  try {
    await readSheet(
      await zip.open(workbook.sheet),
      { texts, formats },
      {
        row: (row, cells) => {
          if (header?.faults.length) return
          if (header) lines.push(...lineOf(dataset, header.columns, row, cells, workbook.from1904))
          else header = headerOf(dataset, row, cells)
        },
        pause: async () => {
          const full = !file.write(lines.join(''))
          lines = []
          if (full) await Promise.race([once(file, 'drain'), failure])
        },
      },
    )
  } finally {
    file.end()
    await finished(file).catch(() => {})
  }
  return header ?? refused('empty')
}

/** The first row with anything in it names the columns. */
function headerOf(dataset: Dataset, row: number, cells: readonly (SheetCell | undefined)[]) {
  const names = Array.from(cells, (cell) => cell?.text.trim() ?? '')
  while (names.at(-1) === '') names.pop()
  const { columns, faults } = readColumns(dataset, names)
  return { columns, faults: faults.map((fault) => ({ ...fault, row })) }
}

function* lineOf(
  dataset: Dataset,
  columns: readonly string[],
  row: number,
  cells: readonly (SheetCell | undefined)[],
  from1904: boolean,
): Generator<string> {
  const marks: string[] = []
  let length = 0
  const texts = columns.map((name, at) => {
    const cell = cells[at]
    if (!cell || name === reasonColumn) return ''
    const { text, fault } = cellText(cell, dataset.columns[name]!, from1904)
    if (fault) marks.push(`|${name}:${fault}`)
    length += text.length
    return text
  })
  const beyond = cells.some((cell, at) => at >= columns.length && cell?.text.trim())
  if (beyond) marks.push(`|${columns[0]}:columns_extra`)
  if (length > longestRow) throw new UnreadableXml('xml_too_long')
  if (beyond || texts.some((text) => text.trim() !== ''))
    yield `${row},${marks.length > 0 ? csvText(`${marks.join('')}|`) : ''},${texts.map(csvText).join(',')}\n`
}

function csvText(text: string): string {
  return text === '' ? '' : `"${text.replaceAll('"', '""')}"`
}
