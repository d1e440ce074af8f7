import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { inBlocks } from '../blocks.ts'

/** How a column's cells are formatted: what is typed into an empty cell of a `text` column stays as it was typed. */
export type CellFormat = 'text' | 'date' | 'money' | 'number'

export interface SheetColumn {
  readonly title: string
  readonly format: CellFormat
  /** In characters of Latin width. */
  readonly width: number
  /** What may be chosen from a list in each cell. */
  readonly choices?: readonly string[]
}

/** A cell to be written; a bad one gets a ground that is seen, a number can be summed. */
export interface WrittenCell {
  readonly text: string
  readonly bad?: boolean
  readonly number?: boolean
}

export interface WrittenSheet {
  readonly name: string
  readonly columns: readonly SheetColumn[]
  readonly rows: AsyncIterable<readonly WrittenCell[]> | Iterable<readonly WrittenCell[]>
}

const formats: readonly CellFormat[] = ['text', 'date', 'money', 'number']
const lastRow = 1_048_576
const listSheet = '选项'

/** Writes a workbook as a stream: sheets are made while they are sent, none is held in memory. */
export function writeWorkbook(sheets: readonly WrittenSheet[]): Readable {
  const zip = new ZipFile()
  const output = zip.outputStream as Readable
  const lists = sheets.flatMap(({ columns }) => columns.flatMap(({ choices }) => (choices ? [choices] : [])))
  const names = [...sheets.map(({ name }) => name), ...(lists.length > 0 ? [listSheet] : [])]
  const part = (text: string, path: string) => zip.addBuffer(Buffer.from(text), path, written)
  part(contentTypes(names.length), '[Content_Types].xml')
  part(relations([['officeDocument', 'xl/workbook.xml']]), '_rels/.rels')
  part(workbook(names, lists.length > 0), 'xl/workbook.xml')
  const parts = names.map((_name, at) => ['worksheet', `worksheets/sheet${at + 1}.xml`] as const)
  part(relations([...parts, ['styles', 'styles.xml']]), 'xl/_rels/workbook.xml.rels')
  part(styles, 'xl/styles.xml')
  let list = 0
  sheets.forEach((sheet, at) => {
    const first = list
    list += sheet.columns.filter(({ choices }) => choices).length
    const rows = Readable.from(inBlocks(sheetXml(sheet, first)))
    // The archive listens to neither: rows that fail end the file, and a file that nobody takes ends the rows.
    rows.once('error', (error) => output.destroy(error))
    output.once('close', () => rows.destroy())
    zip.addReadStream(rows, `xl/worksheets/sheet${at + 1}.xml`, written)
  })
  if (lists.length > 0) part(listXml(lists), `xl/worksheets/sheet${names.length}.xml`)
  zip.end()
  return output
}

/** The same content gives the same bytes, whenever it is written. */
const written = { mtime: new Date('2026-01-01T00:00:00Z'), forceDosTimestamp: true }

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relationship = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'

function contentTypes(sheets: number): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const each = Array.from(
    { length: sheets },
    (_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${type}.worksheet+xml"/>`,
  )
  return `${head}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>${each.join('')}</Types>`
}

function relations(targets: readonly (readonly [string, string])[]): string {
  const each = targets.map(
    ([type, target], at) =>
      `<Relationship Id="rId${at + 1}" Type="${relationship}/${type}" Target="${target}"/>`,
  )
  return `${head}<Relationships xmlns="${packaged}/relationships">${each.join('')}</Relationships>`
}

function workbook(names: readonly string[], hideLast: boolean): string {
  const each = names.map((name, at) => {
    const state = hideLast && at === names.length - 1 ? ' state="hidden"' : ''
    return `<sheet name="${escaped(name)}" sheetId="${at + 1}"${state} r:id="rId${at + 1}"/>`
  })
  return `${head}<workbook xmlns="${main}" xmlns:r="${relationship}"><sheets>${each.join('')}</sheets></workbook>`
}

/** Styles 0 to 3 are the formats in their order, 4 the head, 5 a bad cell. */
const headStyle = 4
const badStyle = 5
const styles = `${head}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="3"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font><font><sz val="11"/><color rgb="FFA61B12"/><name val="等线"/></font></fonts><fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE6EEF0"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFDECEA"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf numFmtId="49" applyNumberFormat="1" xfId="0"/><xf numFmtId="164" applyNumberFormat="1" xfId="0"/><xf numFmtId="4" applyNumberFormat="1" xfId="0"/><xf numFmtId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="2" applyNumberFormat="1" applyFont="1" applyFill="1" xfId="0"/><xf numFmtId="49" fontId="2" fillId="3" applyNumberFormat="1" applyFont="1" applyFill="1" xfId="0"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

function* columnXml(columns: readonly SheetColumn[]): Generator<string> {
  for (const [at, { format, width }] of columns.entries())
    yield `<col min="${at + 1}" max="${at + 1}" width="${width}" style="${formats.indexOf(format)}" customWidth="1"/>`
}

async function* sheetXml(sheet: WrittenSheet, firstList: number): AsyncGenerator<string> {
  yield `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${[...columnXml(sheet.columns)].join('')}</cols><sheetData>`
  yield rowXml(
    1,
    sheet.columns.map(({ title }) => ({ text: title })),
    () => headStyle,
  )
  let row = 1
  for await (const cells of sheet.rows) {
    row += 1
    yield rowXml(row, cells, ({ bad }, at) =>
      bad ? badStyle : formats.indexOf(sheet.columns[at]?.format ?? 'text'),
    )
  }
  yield '</sheetData>'
  const chosen = sheet.columns.flatMap(({ choices }, at) => (choices ? [{ at, count: choices.length }] : []))
  if (chosen.length > 0) {
    const each = chosen.map(({ at, count }, place) => {
      const list = letters(firstList + place)
      return `<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="${letters(at)}2:${letters(at)}${lastRow}"><formula1>${listSheet}!$${list}$1:$${list}$${count}</formula1></dataValidation>`
    })
    yield `<dataValidations count="${chosen.length}">${each.join('')}</dataValidations>`
  }
  yield '</worksheet>'
}

/** The lists of the drop-downs, a column each. */
function listXml(lists: readonly (readonly string[])[]): string {
  const longest = Math.max(...lists.map(({ length }) => length))
  const rows = Array.from({ length: longest }, (_, at) =>
    rowXml(
      at + 1,
      lists.map((list) => ({ text: list[at] ?? '' })),
      () => 0,
    ),
  )
  return `${head}<worksheet xmlns="${main}"><sheetData>${rows.join('')}</sheetData></worksheet>`
}

function rowXml(
  row: number,
  cells: readonly WrittenCell[],
  styleOf: (cell: WrittenCell, at: number) => number,
): string {
  const each = cells.map((cell, at) => {
    const style = `r="${letters(at)}${row}" s="${styleOf(cell, at)}"`
    if (cell.text === '') return cell.bad ? `<c ${style}/>` : ''
    if (cell.number && /^-?\d+(\.\d+)?$/.test(cell.text)) return `<c ${style}><v>${cell.text}</v></c>`
    return `<c ${style} t="inlineStr"><is><t xml:space="preserve">${escaped(cell.text)}</t></is></c>`
  })
  return `<row r="${row}">${each.join('')}</row>`
}

/** The letters of a column, 0 being A. */
function letters(at: number): string {
  return at < 26 ? String.fromCharCode(65 + at) : letters(Math.floor(at / 26) - 1) + letters(at % 26)
}

function escaped(text: string): string {
  return text
    .replace(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x')
    .replace(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to write these
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g,
      (character) => `_x${character.charCodeAt(0).toString(16).padStart(4, '0')}_`,
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
