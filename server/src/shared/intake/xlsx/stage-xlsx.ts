import { join } from 'node:path'
import type { WarehouseSession } from '#ground/warehouse/index.ts'
import {
  type Dataset,
  type RowFault,
  readColumns,
  reasonColumn,
  type StagedCsv,
  stageRows,
} from '#shared/datasets/index.ts'
import { longestRow, openRowFile, type RowFile, rowFileSource } from '../row-file.ts'
import { UnreadableXml } from '../xml/read-xml.ts'
import { openSafeZip, type SafeZip, UnsafeZip } from '../zip/safe-zip.ts'
import { type CellText, cellText } from './cell-text.ts'
import { readNumberFormats } from './number-formats.ts'
import { readSheet, type SheetCell } from './read-sheet.ts'
import { readSharedTexts } from './shared-texts.ts'
import { readWorkbook, TooLargeWorkbook } from './workbook.ts'

/** A full sheet of a million rows is about 1 GB of XML. */
const limits = { entries: 5000, entryBytes: 4 * 1024 ** 3, totalBytes: 6 * 1024 ** 3 }

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
  const present = columns.filter((column) => column !== reasonColumn)
  const source = rowFileSource(target, present, allowDemo)
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
  const file = openRowFile(target)
  let header: ReturnType<typeof headerOf> | undefined
  try {
    await readSheet(
      await zip.open(workbook.sheet),
      { texts, formats },
      {
        row: (row, cells) => {
          if (!header) header = headerOf(dataset, row, cells)
          else if (header.faults.length === 0)
            addRow(file, dataset, header.columns, { row, cells, from1904: workbook.from1904 })
        },
        pause: file.flush,
      },
    )
  } finally {
    await file.close()
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

function addRow(
  file: RowFile,
  dataset: Dataset,
  columns: readonly string[],
  { row, cells, from1904 }: { row: number; cells: readonly (SheetCell | undefined)[]; from1904: boolean },
): void {
  const marks: string[] = []
  let length = 0
  const texts: string[] = []
  columns.forEach((name, at) => {
    if (name === reasonColumn) return
    const cell = cells[at]
    const { text, fault } = cell ? cellText(cell, dataset.columns[name]!, from1904) : noText
    if (fault) marks.push(`${name}:${fault}`)
    length += text.length
    texts.push(text)
  })
  const beyond = cells.some((cell, at) => at >= columns.length && cell?.text.trim())
  if (beyond) marks.push(`${columns[0]}:columns_extra`)
  if (length > longestRow) throw new UnreadableXml('xml_too_long')
  if (beyond || texts.some((text) => text.trim() !== '')) file.add(row, marks, texts)
}

const noText: CellText = { text: '' }
