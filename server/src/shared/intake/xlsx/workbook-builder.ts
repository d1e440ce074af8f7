import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'

const relationship = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** Parts of a workbook as other software writes them: texts shared, styles by number. For tests. */
export interface BuiltWorkbook {
  /** The rows of the sheet as XML: `<row r="1">…</row>`. */
  readonly rows: string
  readonly sharedTexts?: string
  readonly numberFormats?: readonly string[]
  readonly from1904?: boolean
  /** Goes before the root element of the sheet. */
  readonly prolog?: string
}

/** Writes a workbook by hand, independent of the product's own writer. Style n has the n-th number format. */
export async function buildWorkbook(path: string, built: BuiltWorkbook): Promise<void> {
  const zip = new ZipFile()
  const part = (name: string, text: string) =>
    zip.addBuffer(Buffer.from(`<?xml version="1.0"?>${text}`), name)
  part('[Content_Types].xml', '<Types/>')
  part(
    'xl/_rels/workbook.xml.rels',
    `<Relationships><Relationship Id="a" Type="${relationship}/worksheet" Target="/xl/worksheets/s.xml"/>
     <Relationship Id="b" Type="${relationship}/sharedStrings" Target="sharedStrings.xml"/>
     <Relationship Id="c" Type="${relationship}/styles" Target="styles.xml"/></Relationships>`,
  )
  part(
    'xl/workbook.xml',
    `<workbook xmlns:r="${relationship}"><workbookPr${built.from1904 ? ' date1904="1"' : ''}/><sheets>
     <sheet name="hidden" sheetId="9" state="hidden" r:id="none"/><sheet name="data" sheetId="1" r:id="a"/></sheets></workbook>`,
  )
  part('xl/sharedStrings.xml', `<sst>${built.sharedTexts ?? ''}</sst>`)
  const formats = built.numberFormats ?? ['General']
  part(
    'xl/styles.xml',
    `<styleSheet><numFmts>${formats.map((code, at) => `<numFmt numFmtId="${200 + at}" formatCode="${code}"/>`).join('')}</numFmts>
     <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
     <cellXfs>${formats.map((_code, at) => `<xf numFmtId="${200 + at}"/>`).join('')}</cellXfs></styleSheet>`,
  )
  part(
    'xl/worksheets/s.xml',
    `${built.prolog ?? ''}<x:worksheet xmlns:x="m"><x:sheetData>${built.rows}</x:sheetData></x:worksheet>`.replace(
      /<(\/?)(row|c|v|is|t|f)(?=[\s>/])/g,
      '<$1x:$2',
    ),
  )
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path))
}
