/** A dataset whose records a pack's sample is drawn from. */
export interface SampledDataset {
  readonly dataset: string
  /** The columns that name a record. */
  readonly key: readonly string[]
  /**
   * Every record of a month that the pack's rules judge, as `record`: its columns, and `unit_code`, `on_date` and `amount`
   * of the sample. Takes `$from` and `$to`. What rules leave out (void and returned payments, voided and red-letter
   * invoices) is no record to be missed.
   */
  readonly records: string
  /** What is copied with the record, as a rule would read it. */
  readonly reads: readonly string[]
}

const period = (column: string) => `${column} >= cast($from as date) and ${column} <= cast($to as date)`

export const sampledDatasets: Readonly<Record<string, SampledDataset>> = {
  payment: {
    dataset: 'payment',
    key: ['payment_id'],
    records: `select *, paid_on as on_date from payment
      where ${period('paid_on')} and payment_state not in ('void', 'returned')`,
    reads: ['payment', 'budget_indicator', 'contract', 'unit_account'],
  },
  invoice: {
    dataset: 'invoice',
    key: ['invoice_code', 'invoice_no'],
    // The unit that bought; else the one that claimed it first, as the rules have it.
    records: `select coalesce(i.invoice_code, '') as invoice_code, i.invoice_no, i.issued_on as on_date, i.total as amount,
        coalesce(
          (select min(u.unit_code) from unit u where u.credit_code = i.buyer_tax_no and u.valid_from <= i.issued_on
            and (u.valid_to is null or u.valid_to >= i.issued_on)),
          (select min(r.unit_code) from reimbursement r
            where coalesce(r.invoice_code, '') = coalesce(i.invoice_code, '') and r.invoice_no = i.invoice_no)) as unit_code
      from invoice i where ${period('i.issued_on')} and i.invoice_state = 'normal'`,
    reads: ['invoice', 'invoice_line', 'reimbursement'],
  },
}
