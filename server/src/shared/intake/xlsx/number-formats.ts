import { readXml } from '../xml/read-xml.ts'
import type { SafeZip } from '../zip/safe-zip.ts'

/** What a number format makes of a number; only what matters for reading. */
export interface NumberFormat {
  readonly kind: 'plain' | 'date' | 'scientific' | 'percent'
  /** Digits that a format such as `00000000` fills up with zeros from the left; 0 for the others. */
  readonly zeros: number
}

const plain: NumberFormat = { kind: 'plain', zeros: 0 }

/** Formats that a file does not describe because every spreadsheet knows them (ECMA-376 18.8.30, with East Asia's). */
const builtIn: ReadonlyMap<number, NumberFormat['kind']> = new Map([
  ...[14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map(
    (id) => [id, 'date'] as const,
  ),
  ...[11, 48].map((id) => [id, 'scientific'] as const),
  ...[9, 10].map((id) => [id, 'percent'] as const),
])

/** The number format of each cell style of a workbook, by the number that cells name. */
export async function readNumberFormats(zip: SafeZip, part: string): Promise<readonly NumberFormat[]> {
  const codes = new Map<number, string>()
  const styles: NumberFormat[] = []
  if (!zip.has(part)) return styles
  let inCellStyles = false
  await readXml(await zip.open(part), {
    open: (name, attributes) => {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      if (name === 'cellXfs') inCellStyles = true
      if (name === 'xf' && inCellStyles) styles.push(formatOf(Number(attributes.numFmtId ?? 0), codes))
    },
    close: (name) => {
      if (name === 'cellXfs') inCellStyles = false
    },
  })
  return styles
}

function formatOf(id: number, codes: ReadonlyMap<number, string>): NumberFormat {
  const code = codes.get(id)
  if (code === undefined) return { kind: builtIn.get(id) ?? 'plain', zeros: 0 }
  if (/^0{2,}$/.test(code)) return { kind: 'plain', zeros: code.length }
  // Words in quotation marks, colours and escaped letters say nothing of the number.
  const bare = code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '')
  if (/0E[+-]/i.test(bare)) return { kind: 'scientific', zeros: 0 }
  if (bare.includes('%')) return { kind: 'percent', zeros: 0 }
  return /[yd]/i.test(bare) ? { kind: 'date', zeros: 0 } : plain
}
