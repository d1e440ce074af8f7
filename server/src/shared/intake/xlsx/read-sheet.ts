import type { Readable } from 'node:stream'
import { readXml } from '../xml/read-xml.ts'
import type { NumberFormat } from './number-formats.ts'
import type { SharedTexts } from './shared-texts.ts'
import { unescaped } from './workbook.ts'

/** A cell as the sheet has it. */
export interface SheetCell {
  readonly kind: 'text' | 'number' | 'flag' | 'date' | 'error'
  /** The text; for numbers as the file writes them, for formulas the value that was computed last. */
  readonly text: string
  readonly format: NumberFormat
}

export interface SheetEvents {
  /** One row with anything in it; `row` is its number in the sheet, cells lie at their column (0 is A). */
  row(row: number, cells: readonly (SheetCell | undefined)[]): void
  pause(): Promise<void>
}

const plain: NumberFormat = { kind: 'plain', zeros: 0 }
const widest = 16_384

/** Reads the rows of a sheet one after the other; nothing of the sheet is kept. */
export async function readSheet(
  content: Readable,
  workbook: { readonly texts: SharedTexts; readonly formats: readonly NumberFormat[] },
  events: SheetEvents,
): Promise<void> {
  let row = 0
  let column = -1
  let cells: (SheetCell | undefined)[] = []
  let type = 'n'
  let format = plain
  let value = ''
  let gathering = false
  let inReading = false
  await readXml(content, {
    open: (name, attributes) => {
      if (name === 'row') {
        row = attributes.r ? Number(attributes.r) : row + 1
        column = -1
        cells = []
      } else if (name === 'c') {
        column = attributes.r ? columnOf(attributes.r) : column + 1
        type = attributes.t ?? 'n'
        format = workbook.formats[Number(attributes.s ?? 0)] ?? plain
        value = ''
      } else if (name === 'rPh') inReading = true
      else if (name === 'v' || name === 't') gathering = !inReading
    },
    text: (text) => {
      if (gathering) value += text
    },
    close: (name) => {
      if (name === 'v' || name === 't') gathering = false
      else if (name === 'rPh') inReading = false
      else if (name === 'c' && value !== '' && column < widest)
        cells[column] = cellOf(type, value, format, workbook.texts)
      else if (name === 'row' && cells.length > 0) events.row(row, cells)
    },
    pause: events.pause,
  })
}

function cellOf(type: string, value: string, format: NumberFormat, texts: SharedTexts): SheetCell {
  switch (type) {
    case 's':
      return { kind: 'text', text: texts.at(Number(value)) ?? '', format }
    case 'str':
    case 'inlineStr':
      return { kind: 'text', text: unescaped(value), format }
    case 'b':
      return { kind: 'flag', text: value === '1' ? 'true' : 'false', format }
    case 'd':
      return { kind: 'date', text: value, format }
    case 'e':
      return { kind: 'error', text: value, format }
    default:
      return { kind: 'number', text: value, format }
  }
}

/** The place of `AB12`: letters count in base 26 from A. */
function columnOf(reference: string): number {
  let place = 0
  for (const letter of reference) {
    const digit = letter.charCodeAt(0) - 64
    if (digit < 1 || digit > 26) break
    place = place * 26 + digit
  }
  return place - 1
}
