import type { Column } from '#shared/datasets/index.ts'
import type { SheetCell } from './read-sheet.ts'

/** A cell as the text that a csv would have, and the fault that only the spreadsheet shows. */
export interface CellText {
  readonly text: string
  readonly fault?: 'lost_digits' | 'cell_error'
}

/** A spreadsheet keeps 15 digits of a number and shows only 11 of them before it turns to powers of ten. */
const keptDigits = 1e15
const shownDigits = 1e11

/** What a cell says in a column of that type. */
export function cellText(cell: SheetCell, column: Column, from1904: boolean): CellText {
  if (cell.kind === 'error') return { text: cell.text, fault: 'cell_error' }
  if (cell.kind === 'text') {
    const powers = column.type === 'text' && /^\d(\.\d+)?E\+\d{2,}$/i.test(cell.text.trim())
    return powers ? { text: cell.text, fault: 'lost_digits' } : { text: cell.text }
  }
  if (cell.kind !== 'number') return { text: cell.text }
  const number = Number(cell.text)
  if (!Number.isFinite(number)) return { text: cell.text, fault: 'cell_error' }
  if (column.type === 'date') return { text: dateText(cell, number, from1904) }
  if (column.type !== 'text') return { text: decimalText(number) }
  const size = Math.abs(number)
  if (size >= keptDigits || (cell.format.kind === 'scientific' && size >= shownDigits))
    return { text: cell.text, fault: 'lost_digits' }
  if (cell.format.kind === 'date') return { text: dateText(cell, number, from1904) }
  if (cell.format.kind === 'percent') return { text: `${decimalText(number * 100)}%` }
  return { text: decimalText(number).padStart(cell.format.zeros, '0') }
}

/** A number without powers of ten and without the noise behind its fifteenth digit: 0.1 + 0.2 is 0.3. */
function decimalText(number: number): string {
  const short = Number(number.toPrecision(15))
  const text = String(short)
  if (!text.includes('e')) return text
  return Math.abs(short) < 1 ? short.toFixed(12).replace(/\.?0+$/, '') : short.toFixed(0)
}

/** Serial numbers below this (1927) in a cell without a date's format are years or other numbers, not days. */
const earliestUnmarked = 10_000
const latest = 2_958_465
const lastOf1900Error = 60
const days1904 = 1462

function dateText(cell: SheetCell, number: number, from1904: boolean): string {
  const serial = Math.floor(number) + (from1904 ? days1904 : 0)
  const marked = cell.format.kind === 'date'
  if (serial > latest || serial < (marked ? 1 : earliestUnmarked)) return decimalText(number)
  // The calendar of spreadsheets has a 29 February 1900; behind it all days lie one further.
  if (serial === lastOf1900Error) return '1900-02-29'
  const days = serial > lastOf1900Error ? serial : serial + 1
  return new Date(Date.UTC(1899, 11, 30 + days)).toISOString().slice(0, 10)
}
