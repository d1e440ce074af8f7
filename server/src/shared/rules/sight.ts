import { literal, type Row, type WarehouseSession } from '#ground/warehouse/index.ts'
import type { FactView } from './judging.ts'
import type { Rule } from './rule.schema.ts'

/** How far a rule must look when records arrive; `all` is left to the schedule. */
export type Sight = Exclude<Rule['sight'], 'all'>

/** What of the arriving records decides what else must be in view. */
export interface PaymentKeys {
  readonly units: readonly string[]
  readonly accounts: readonly string[]
  readonly indicators: readonly string[]
  /** Indicators that payments of the units are charged to; not said where the units are many. */
  readonly used?: readonly string[]
}

export interface InvoiceKeys {
  /** Code and number, an empty code as an empty text. */
  readonly invoices: readonly (readonly [string, string])[]
  /** Tax numbers, or names where a seller has none. */
  readonly sellers: readonly string[]
}

/** A condition that a value is one of these; never true for none. */
export function isOneOf(expression: string, values: readonly string[]): string {
  return values.length > 0 ? `${expression} in (${values.map(literal).join(', ')})` : 'false'
}

/**
 * The facts that payments are judged with. A payment is one of a unit's own, or charged to an indicator that the unit
 * uses: what others charge to it counts against what is left of it.
 * @param own condition on the payments that are judged themselves
 */
export function paymentView(sight: Sight, keys: PaymentKeys, own: string): FactView {
  if (sight === 'counterparty') return { where: { payment: isOneOf('payee_account', keys.accounts) } }
  const indicators = isOneOf('indicator_id', keys.indicators)
  if (sight === 'record') {
    return { where: { payment: own, budget_indicator: indicators, budget_adjustment: indicators } }
  }
  const ofUnits = isOneOf('unit_code', keys.units)
  if (keys.used) {
    const charged = isOneOf('indicator_id', [...new Set([...keys.used, ...keys.indicators])])
    const budget = `${ofUnits} or ${charged}`
    return {
      where: { payment: ofUnits, budget_indicator: budget, budget_adjustment: budget, contract: ofUnits },
      rarely: { payment: `${charged} and (${ofUnits}) is not true` },
    }
  }
  const used = `indicator_id in (select indicator_id from payment where ${ofUnits} and indicator_id is not null)`
  const budget = `${ofUnits} or ${used} or ${indicators}`
  return {
    where: { payment: budget, budget_indicator: budget, budget_adjustment: budget, contract: ofUnits },
  }
}

/** Units up to here have their indicators looked up first, which spares a search among all payments for each dataset. */
const fewUnits = 20

/** The same keys with the indicators that the units use, unless the units are many. */
export async function withUsedIndicators(source: WarehouseSession, keys: PaymentKeys): Promise<PaymentKeys> {
  if (keys.units.length > fewUnits) return keys
  const used = await source.rows(
    `select distinct indicator_id as value from ${source.stored('payment')}
    where ${isOneOf('unit_code', keys.units)} and indicator_id is not null`,
  )
  return { ...keys, used: texts(used) }
}

/**
 * The facts that invoices are judged with: their lines and claims and what reverses them, whenever it came, and for the
 * counterparty all of the same sellers.
 */
export function invoiceView(sight: 'record' | 'counterparty', keys: InvoiceKeys, own: string): FactView {
  const ofSellers = isOneOf('coalesce(seller_tax_no, seller_name)', keys.sellers)
  const named = keys.invoices.map((key) => key.join(' '))
  const reversing = `invoice_state = 'red' and ${isOneOf("coalesce(red_of_code, '') || ' ' || red_of_no", named)}`
  const invoice = `${sight === 'record' ? own : ofSellers} or (${reversing})`
  const within =
    sight === 'record'
      ? isOneOf("coalesce(invoice_code, '') || ' ' || invoice_no", named)
      : `(coalesce(invoice_code, ''), invoice_no) in (select coalesce(invoice_code, ''), invoice_no from invoice where ${ofSellers})`
  return { where: { invoice, invoice_line: within, reimbursement: within } }
}

const texts = (rows: readonly Row[]) => rows.map((row) => String(row.value))

export async function paymentKeysOf(source: WarehouseSession, own: string): Promise<PaymentKeys> {
  const distinct = async (column: string) =>
    texts(
      await source.rows(
        `select distinct ${column} as value from ${source.stored('payment')} where (${own}) and ${column} is not null`,
      ),
    )
  return {
    units: await distinct('unit_code'),
    accounts: await distinct('payee_account'),
    indicators: await distinct('indicator_id'),
  }
}

export async function invoiceKeysOf(source: WarehouseSession, own: string): Promise<InvoiceKeys> {
  const rows = await source.rows(
    `select coalesce(invoice_code, '') as code, invoice_no, coalesce(seller_tax_no, seller_name) as seller
    from ${source.stored('invoice')} where ${own}`,
  )
  return {
    invoices: rows.map((row) => [String(row.code), String(row.invoice_no)] as const),
    sellers: [...new Set(rows.map((row) => String(row.seller)))],
  }
}
