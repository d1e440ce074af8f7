import type { Dataset } from '#shared/datasets/index.ts'

/** How rows of another layout, one for each line of an invoice, become invoices and their lines. */
export interface InvoiceLayout {
  /** The rows as they come, with checks of their own. */
  readonly source: Dataset
  /** Source columns that name the invoice; without a code it is a fully digital one. */
  readonly code?: string
  readonly number: string
  /** Columns of `invoice` and of `invoice_line`, each with the expression over the source's columns that gives it. */
  readonly head: Readonly<Record<string, string>>
  readonly line: Readonly<Record<string, string>>
  /** Whether a row has a line at all. */
  readonly hasLine: string
  /** Source columns that say the same in every row of an invoice. */
  readonly shared: readonly string[]
  /** Source columns whose amounts must add up: lines to amount and tax, these two to the total. */
  readonly sums: {
    readonly lineAmount: string
    readonly lineTax?: string
    readonly amount?: string
    readonly tax?: string
    readonly total: string
  }
  /** Source columns that tell where a row was found, where that is not its number in one file. */
  readonly place?: { readonly file: string; readonly row: string }
}
