import { type Dataset, datasetByName } from '#shared/datasets/index.ts'
import type { Rule } from './rule.schema.ts'

/** How a record of a dataset becomes a hit of a rule that is composed over it. */
export interface ComposableDataset {
  readonly dataset: Dataset
  readonly pack: string
  readonly group: Rule['group']
  /** Datasets that the query reads beside the records themselves. */
  readonly beside: readonly string[]
  /** The records, as `r`; of invoice lines together with their invoice, as `h`. */
  readonly source: string
  /** Records that never count: a voided or returned one is no fact. */
  readonly counts: string
  readonly onDate: string
  readonly amount: string
  readonly counterparty: string
  readonly economicCode: string
  /** The unit's column; without one the unit is the invoice's buyer, else who claimed it first. */
  readonly unit?: string
}

const none = 'cast(null as text)'

type Described = Omit<ComposableDataset, 'dataset' | 'beside' | 'counts' | 'counterparty' | 'economicCode'> &
  Partial<ComposableDataset>

function composable(name: string, described: Described): ComposableDataset {
  const dataset = datasetByName(name)
  if (!dataset) throw new Error(`${name} is no dataset`)
  return { beside: [], counts: 'true', counterparty: none, economicCode: none, ...described, dataset }
}

const ofBuyer = ['unit', 'reimbursement'] as const

/** The datasets over which rules can be composed. */
export const composableDatasets: readonly ComposableDataset[] = [
  composable('payment', {
    pack: 'fiscal',
    group: 'payment',
    source: 'payment r',
    counts: "r.payment_state not in ('void', 'returned')",
    onDate: 'r.paid_on',
    amount: 'r.amount',
    unit: 'r.unit_code',
    counterparty: 'coalesce(r.payee_code, r.payee_account)',
    economicCode: 'r.economic_code',
  }),
  composable('contract', {
    pack: 'fiscal',
    group: 'payment',
    source: 'contract r',
    onDate: 'r.signed_on',
    amount: 'r.amount',
    unit: 'r.unit_code',
    counterparty: 'r.supplier_code',
  }),
  composable('budget_indicator', {
    pack: 'fiscal',
    group: 'budget',
    source: 'budget_indicator r',
    onDate: 'r.issued_on',
    amount: 'r.amount',
    unit: 'r.unit_code',
    economicCode: 'r.economic_code',
  }),
  composable('budget_adjustment', {
    pack: 'fiscal',
    group: 'budget',
    source: 'budget_adjustment r',
    onDate: 'r.adjusted_on',
    amount: 'r.amount',
    unit: 'r.unit_code',
    economicCode: 'r.economic_code',
  }),
  composable('invoice', {
    pack: 'invoices',
    group: 'invoice',
    beside: ofBuyer,
    source: 'invoice r',
    counts: "r.invoice_state = 'normal'",
    onDate: 'r.issued_on',
    amount: 'r.total',
    counterparty: 'r.seller_tax_no',
  }),
  composable('invoice_line', {
    pack: 'invoices',
    group: 'invoice',
    beside: ['invoice', ...ofBuyer],
    source: `invoice_line r join invoice h on coalesce(h.invoice_code, '') = coalesce(r.invoice_code, '')
    and h.invoice_no = r.invoice_no`,
    counts: "h.invoice_state = 'normal'",
    onDate: 'h.issued_on',
    amount: 'r.amount',
    counterparty: 'h.seller_tax_no',
  }),
  composable('reimbursement', {
    pack: 'invoices',
    group: 'invoice',
    source: 'reimbursement r',
    onDate: 'r.claimed_on',
    amount: 'r.amount',
    unit: 'r.unit_code',
    counterparty: 'r.claimant_id',
  }),
]

/** The dataset of that name if rules can be composed over it. */
export function composableByName(name: string): ComposableDataset | undefined {
  return composableDatasets.find(({ dataset }) => dataset.name === name)
}
