import type { Parameter, Row, WarehouseSession } from '#ground/warehouse/index.ts'
import { type Bilingual, type Column, type Dataset, datasetByName } from '#shared/datasets/index.ts'
import type { PinnedHit } from './pinned-hit.store.ts'
import type { Rule } from './rule.schema.ts'

/** Rows of one dataset with what their columns mean. */
export interface ShownRows {
  readonly dataset: string
  readonly title: Bilingual
  readonly columns: readonly ShownColumn[]
  readonly rows: readonly Row[]
}

export interface ShownColumn {
  readonly name: string
  readonly title: Bilingual
  readonly type: Column['type']
  readonly choices?: Readonly<Record<string, Bilingual>> | undefined
  readonly personal: boolean
}

/** The records that a hit judges, and what the registers that its rule reads said of them on that day. */
export interface CaseRecords {
  readonly records: readonly ShownRows[]
  /** Register rows valid on the day of the hit; a dataset without rows had none. */
  readonly registers: readonly ShownRows[]
}

const mostRows = 50

/** How a dataset's rows of a case are found: by what is known of the case so far. */
interface Link {
  readonly dataset: string
  /** What the condition needs to be known. */
  readonly needs: readonly string[]
  readonly where: string
  /** What the found row makes known to the links after it. */
  readonly tells?: readonly string[]
}

const asOf = `valid_from <= cast($on_date as date) and (valid_to is null or valid_to >= cast($on_date as date))`
const persons = `
    select cast($party_code as text) as person_id
    union all select legal_rep_id from enterprise where credit_code = cast($party_code as text) and ${asOf}
    union all select holder_code from shareholder
      where credit_code = cast($party_code as text) and holder_kind = 'person' and ${asOf}`

/** In the order in which one tells what the next needs. */
const links: readonly Link[] = [
  {
    dataset: 'payment',
    needs: ['payment_id'],
    where: 'payment_id = cast($payment_id as text)',
    tells: ['payee_code', 'payee_account', 'payee_name', 'purpose', 'indicator_id', 'contract_id'],
  },
  {
    dataset: 'invoice',
    needs: ['invoice_no'],
    where:
      "coalesce(invoice_code, '') = cast($invoice_code as text) and invoice_no = cast($invoice_no as text)",
    tells: ['seller_tax_no', 'seller_name', 'seller_region_code'],
  },
  {
    dataset: 'invoice_line',
    needs: ['invoice_no'],
    where:
      "coalesce(invoice_code, '') = cast($invoice_code as text) and invoice_no = cast($invoice_no as text)",
  },
  {
    dataset: 'reimbursement',
    needs: ['invoice_no'],
    where:
      "coalesce(invoice_code, '') = cast($invoice_code as text) and invoice_no = cast($invoice_no as text)",
  },
  {
    dataset: 'budget_indicator',
    needs: ['indicator_id'],
    where: 'indicator_id = cast($indicator_id as text)',
  },
  { dataset: 'contract', needs: ['contract_id'], where: 'contract_id = cast($contract_id as text)' },
  { dataset: 'unit_account', needs: ['payee_account'], where: 'account_no = cast($payee_account as text)' },
  { dataset: 'payee_account', needs: ['payee_account'], where: 'account_no = cast($payee_account as text)' },
  { dataset: 'enterprise', needs: ['party_code'], where: 'credit_code = cast($party_code as text)' },
  { dataset: 'shareholder', needs: ['party_code'], where: 'credit_code = cast($party_code as text)' },
  {
    dataset: 'payroll',
    needs: ['party_code', 'unit_code'],
    where: `unit_code = cast($unit_code as text) and person_id in (${persons})`,
  },
  {
    dataset: 'watch_relative',
    needs: ['party_code'],
    where: `relative_id in (${persons})`,
  },
  {
    dataset: 'watch_person',
    needs: ['party_code'],
    where: `(person_id in (${persons})
      or person_id in (select person_id from watch_relative where relative_id in (${persons}) and ${asOf}))`,
  },
  {
    dataset: 'venue',
    needs: ['seller_name'],
    where: '(venue_name = cast($seller_name as text) or credit_code = cast($party_code as text))',
  },
  {
    dataset: 'scenic_city',
    needs: ['seller_region'],
    where: 'left(cast($seller_region as text), length(region_code)) = region_code',
  },
  {
    dataset: 'allowance_item',
    needs: ['purpose', 'unit_code'],
    where:
      '(unit_code is null or unit_code = cast($unit_code as text)) and strpos(cast($purpose as text), item_name) > 0',
  },
]

/** What a case is found by: of a hit, or of a record that has none. */
type CaseKeys = Pick<PinnedHit, 'keys' | 'evidence' | 'unitCode' | 'counterparty' | 'onDate'>

/** What is known of a case from its hit; the records found add to it. */
function knownOf(hit: CaseKeys): Record<string, Parameter> {
  const evidence = Object.entries(hit.evidence).filter(([, value]) => value !== null && value !== '')
  return {
    ...Object.fromEntries(evidence.map(([name, value]): [string, Parameter] => [name, String(value)])),
    ...(hit.unitCode === null ? {} : { unit_code: hit.unitCode }),
    ...(hit.counterparty === null ? {} : { party_code: hit.counterparty }),
    ...Object.fromEntries(Object.entries(hit.keys).map(([name, value]) => [name, String(value)])),
    on_date: hit.onDate,
  }
}

/** Finds the records of a case and the register rows valid on its day, among the datasets that the rule reads. */
export async function readCaseRecords(
  session: WarehouseSession,
  rule: Pick<Rule, 'subject' | 'reads'>,
  hit: CaseKeys,
): Promise<CaseRecords> {
  const known = knownOf(hit)
  const read = new Set([rule.subject, ...rule.reads.required, ...rule.reads.optional])
  const records: ShownRows[] = []
  const registers: ShownRows[] = []
  for (const link of links) {
    if (!read.has(link.dataset) || link.needs.some((name) => known[name] === undefined)) continue
    const dataset = datasetByName(link.dataset)!
    const register = dataset.kind === 'register'
    const day = register ? ` and ${asOf}` : ''
    const rows = await session.rows(
      `select * from ${link.dataset} where ${link.where}${day} order by ${dataset.key.join(', ')} limit ${mostRows}`,
      { party_code: null, invoice_code: '', ...known },
    )
    for (const name of link.tells ?? []) {
      const value = rows[0]?.[name]
      if (typeof value === 'string' && value !== '') known[name] = value
    }
    if (!known.party_code) known.party_code = known.payee_code ?? known.seller_tax_no ?? null
    if (register) registers.push(shownRows(dataset, rows))
    else if (rows.length > 0) records.push(shownRows(dataset, rows))
  }
  return { records, registers }
}

/** Rows of a dataset with its descriptions; columns that are empty in all of them, or unknown to it, say nothing. */
export function shownRows(dataset: Dataset, rows: readonly Row[]): ShownRows {
  const filled = (name: string) => rows.some((row) => row[name] !== null && row[name] !== undefined)
  const named = Object.entries(dataset.columns).filter(([name]) => rows.length > 0 && filled(name))
  return {
    dataset: dataset.name,
    title: dataset.title,
    columns: named.map(([name, { title, type, choices, personal }]) => ({
      name,
      title,
      type,
      choices,
      personal: personal ?? false,
    })),
    rows: rows.map((row) => Object.fromEntries(named.map(([name]) => [name, row[name] ?? null]))),
  }
}
