import { fenOf, yuanOf } from '#ground/money/index.ts'
import type { Row, WarehouseSession } from '#ground/warehouse/index.ts'
import { type Column, datasetByName } from '#shared/datasets/index.ts'
import type { ShownColumn, ShownRows } from './case-records.ts'
import { contributingRows } from './examples.ts'
import type { ParameterValues } from './parameters.ts'
import type { PinnedHit } from './pinned-hit.store.ts'
import type { Rule } from './rule.schema.ts'

/** The rows that made a hit's sum, by the rule's own query, beside the sum that the hit states. */
export interface ContributingRows extends ShownRows {
  /** Yuan: what the rows add up to today. */
  readonly sum: string
  /** Yuan: what the hit states. */
  readonly stated: string
  readonly agrees: boolean
}

/** Undefined for a rule that judges one record alone. */
export async function readContributing(
  session: WarehouseSession,
  rule: Rule,
  hit: PinnedHit,
  parameters: ParameterValues,
): Promise<ContributingRows | undefined> {
  if (!rule.rows) return undefined
  const rows = await contributingRows(session, rule, hit.keys, parameters, hit.asOf)
  const sum = rows.reduce((total, row) => total + fenOf(String(row.amount ?? '0')), 0n)
  const stated = fenOf(String(rule.rows.sum === 'amount' ? hit.amount : (hit.evidence[rule.rows.sum] ?? '0')))
  const dataset = datasetByName(rule.rows.dataset)!
  return {
    dataset: dataset.name,
    title: dataset.title,
    columns: columnsOf(rule.rows.dataset, rows),
    rows,
    sum: yuanOf(sum),
    stated: yuanOf(stated),
    agrees: sum === stated,
  }
}

function columnsOf(datasetName: string, rows: readonly Row[]): ShownColumn[] {
  const described = datasetByName(datasetName)!.columns
  return Object.keys(rows[0] ?? {}).map((name) => {
    const column = described[name] ?? fixed[name] ?? besideIt(datasetName)[name]
    return {
      name,
      title: column?.title ?? { zh: name, en: name },
      type: column?.type ?? 'text',
      choices: described[name]?.choices,
      personal: described[name]?.personal ?? false,
    }
  })
}

/** Rows of invoices may name columns of their head, whose titles are those of the invoice. */
function besideIt(datasetName: string): Readonly<Record<string, Column>> {
  return datasetName === 'invoice_line' ? datasetByName('invoice')!.columns : {}
}

const fixed: Readonly<Record<string, Pick<ShownColumn, 'title' | 'type'>>> = {
  on_date: { title: { zh: '日期', en: 'date' }, type: 'date' },
  amount: { title: { zh: '金额（元）', en: 'amount (yuan)' }, type: 'money' },
}
