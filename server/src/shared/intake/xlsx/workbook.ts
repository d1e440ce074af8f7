import { readXml } from '../xml/read-xml.ts'
import type { SafeZip } from '../zip/safe-zip.ts'

/** A workbook whose texts do not fit into the memory that is set aside: it is better sent as csv. */
export class TooLargeWorkbook extends Error {
  override readonly name = 'TooLargeWorkbook'
}

/** The parts of a workbook that reading its table needs. */
export interface WorkbookParts {
  /** The first sheet that is not hidden. */
  readonly sheet: string | undefined
  readonly sharedTexts: string | undefined
  readonly styles: string
  /** Whether days are counted from 1904, as old Macintosh files do. */
  readonly from1904: boolean
}

export async function readWorkbook(zip: SafeZip): Promise<WorkbookParts> {
  const targets = new Map<string, { type: string; target: string }>()
  await readXml(await zip.open('xl/_rels/workbook.xml.rels'), {
    open: (name, { Id, Type, Target }) => {
      if (name !== 'Relationship' || !Id || !Target) return
      const target = Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`
      targets.set(Id, { type: Type ?? '', target })
    },
  })
  let from1904 = false
  let sheet: string | undefined
  await readXml(await zip.open('xl/workbook.xml'), {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true'
      if (name === 'sheet' && !sheet && (attributes.state ?? 'visible') === 'visible')
        sheet = targets.get(attributes['r:id'] ?? '')?.target
    },
  })
  const partOf = (kind: string) => [...targets.values()].find(({ type }) => type.endsWith(`/${kind}`))?.target
  return { sheet, sharedTexts: partOf('sharedStrings'), styles: partOf('styles') ?? '', from1904 }
}

/** Texts in workbooks write characters that XML does not know as `_x000D_`. */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text
}
