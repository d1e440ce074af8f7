import { inSession, literal, quoted, type Warehouse } from '#ground/warehouse/index.ts'
import type { FactView, Judging } from './judging.ts'
import type { Rule } from './rule.schema.ts'
import { type RuleOutcome, type RunOptions, runRules } from './runner.ts'
import {
  invoiceKeysOf,
  invoiceView,
  paymentKeysOf,
  paymentView,
  type Sight,
  withUsedIndicators,
} from './sight.ts'

export interface ArrivedBatch {
  readonly batchId: string
  readonly dataset: string
  readonly rows: number
}

/** Batches up to here are judged in memory and with what is around them; larger ones record by record where they lie. */
const fewRows = 5000

/** Facts that may be in view; where more are needed the schedule does it. */
const mostInView = 200_000

interface Step {
  readonly sight: Sight
  readonly view: FactView
  /** Units whose facts are all in view; hits of others rest on a part of theirs and are not to be believed. */
  readonly units?: ReadonlySet<string>
}

/**
 * Judges what a batch brought: rules of one record over the batch alone, rules of history over what must be in view
 * where that is cheap. What is left out here the schedule finds.
 * @param found told after each step, so that what is found first is kept first
 */
export async function judgeArrival(
  parts: { readonly judging: Judging; readonly warehouse: Warehouse },
  batch: ArrivedBatch,
  catalogue: readonly Rule[],
  options: Omit<RunOptions, 'available'>,
  found: (outcomes: readonly RuleOutcome[]) => Promise<void> = async () => {},
): Promise<readonly RuleOutcome[]> {
  const rules = catalogue.filter(({ subject, sight }) => subject === batch.dataset && sight !== 'all')
  if (rules.length === 0) return []
  const run = { ...options, available: await parts.judging.available() }
  const ofSight = (sight: Sight) => rules.filter((rule) => rule.sight === sight)
  if (batch.rows > fewRows) {
    const outcomes = await overBatch(parts.warehouse, batch, ofSight('record'), run)
    await found(outcomes)
    return outcomes
  }
  const lane = parts.judging.lane('arrivals')
  const all: RuleOutcome[] = []
  for (const { sight, view, units } of await stepsFor(parts.warehouse, batch)) {
    const judges = ofSight(sight)
    if (judges.length === 0) continue
    if (sight !== 'record' && !(await isFew(parts.warehouse, batch.dataset, view))) continue
    const judged = await lane.over(view, (session) => runRules(session, judges, run))
    const outcomes = units ? judged.map((outcome) => onlyOf(units, outcome)) : judged
    await found(outcomes)
    all.push(...outcomes)
  }
  return all
}

function stepsFor(warehouse: Warehouse, { batchId, dataset }: ArrivedBatch): Promise<readonly Step[]> {
  const own = `batch_id = ${literal(batchId)}`
  return inSession(warehouse.open, async (source): Promise<readonly Step[]> => {
    if (dataset === 'payment') {
      const keys = await withUsedIndicators(source, await paymentKeysOf(source, own))
      return [
        { sight: 'record', view: paymentView('record', keys, own) },
        { sight: 'unit', view: paymentView('unit', keys, own), units: new Set(keys.units) },
        { sight: 'counterparty', view: paymentView('counterparty', keys, own) },
      ]
    }
    if (dataset !== 'invoice') return []
    const keys = await invoiceKeysOf(source, own)
    return [
      { sight: 'record', view: invoiceView('record', keys, own) },
      { sight: 'counterparty', view: invoiceView('counterparty', keys, own) },
    ]
  })
}

function isFew(warehouse: Warehouse, dataset: string, view: FactView): Promise<boolean> {
  return inSession(warehouse.open, async (source) => {
    const further = view.rarely?.[dataset] ?? 'false'
    const [row] = await source.rows(
      `select count(*) as n from ${source.stored(dataset)} where (${view.where[dataset]}) or (${further})`,
    )
    return Number(row?.n) <= mostInView
  })
}

function onlyOf(units: ReadonlySet<string>, outcome: RuleOutcome): RuleOutcome {
  const ofUnit = ({ unitCode }: { unitCode: string | null }) => unitCode !== null && units.has(unitCode)
  return { ...outcome, hits: outcome.hits.filter(ofUnit), suppressed: outcome.suppressed.filter(ofUnit) }
}

/** A view of the batch under the dataset's name, with what reverses its invoices; everything else is read where it lies. */
function overBatch(
  warehouse: Warehouse,
  { batchId, dataset }: ArrivedBatch,
  rules: readonly Rule[],
  run: RunOptions,
): Promise<readonly RuleOutcome[]> {
  return inSession(warehouse.open, async (session) => {
    const stored = session.stored(dataset)
    const own = `batch_id = ${literal(batchId)}`
    const reversing =
      dataset === 'invoice'
        ? ` or (invoice_state = 'red' and (coalesce(red_of_code, ''), red_of_no) in
          (select coalesce(invoice_code, ''), invoice_no from ${stored} where ${own}))`
        : ''
    await session.run(
      `create temp view ${quoted(dataset)} as select * from ${stored} where ${own}${reversing}`,
    )
    try {
      return await runRules(session, rules, run)
    } finally {
      await session.run(`drop view ${session.engine === 'duckdb' ? 'temp' : 'pg_temp'}.${quoted(dataset)}`)
    }
  })
}
