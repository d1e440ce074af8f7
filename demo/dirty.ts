import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { textOf } from './csv.ts'
import type { Row, World } from './world.ts'

/** A cell that intake must refuse: its row in the file (the header is row 1) and its column. */
export interface DirtyCell {
  readonly file: string
  readonly row: number
  readonly column: string
  readonly value: string
}

/** What people and spreadsheets do to cells, by dataset: a column, and what it holds instead. */
const spoilt: Readonly<Record<'payment' | 'invoice', readonly (readonly [string, string])[]>> = {
  payment: [
    ['paid_on', '2026-02-30'],
    ['paid_on', '去年十月'],
    ['amount', '一万二'],
    ['amount', '12.345'],
    ['amount', ''],
    ['unit_code', ''],
    ['payee_account', '6.21799E+18'],
    ['settlement', '刷脸'],
    ['payee_kind', '熟人'],
    ['payment_state', '待定'],
    ['is_advance', '也许'],
  ],
  invoice: [
    ['invoice_no', '2546000'],
    ['invoice_no', '2.546E+19'],
    ['issued_on', '2026-13-01'],
    ['buyer_tax_no', '11460000X9000010'],
    ['seller_name', ''],
    ['total', '壹仟元整'],
    ['invoice_kind', '手写收据'],
    ['seller_region_code', '46-01'],
  ],
}

const rowsOfFile = 120

/**
 * Files as they come late in the year, which intake must not take as they are: most rows are good, some hold what no
 * column may hold. `dirty/faults.jsonl` says which cells those are.
 */
export function writeDirtyFiles(world: World, folder: string): readonly DirtyCell[] {
  mkdirSync(join(folder, 'dirty'), { recursive: true })
  const faults = (['payment', 'invoice'] as const).flatMap((dataset) => {
    const key = dataset === 'payment' ? 'payment_id' : 'invoice_no'
    const rows = (world.rows.get(dataset) ?? [])
      .filter((row) => row.invoice_state !== 'red' && String(row[key]).length !== 8)
      .slice(-rowsOfFile)
      .map((row, place): Row => ({ ...row, [key]: fresh(String(row[key]), place) }))
    const cells = spoilt[dataset].map(([column, value], place) => ({
      file: `${dataset}.csv`,
      row: 2 + 7 * (place + 1),
      column,
      value,
    }))
    for (const { row, column, value } of cells) rows[row - 2] = { ...rows[row - 2]!, [column]: value }
    writeFileSync(join(folder, 'dirty', `${dataset}.csv`), textOf(dataset, rows))
    return cells
  })
  writeFileSync(
    join(folder, 'dirty', 'faults.jsonl'),
    faults.map((fault) => `${JSON.stringify(fault)}\n`).join(''),
  )
  return faults
}

/** A number of the same length that the province does not have yet. */
function fresh(number: string, place: number): string {
  return `${number.slice(0, -5)}9${String(place).padStart(4, '0')}`
}
