import {
  inSession,
  literal,
  type Parameter,
  type Warehouse,
  type WarehouseSession,
} from '#ground/warehouse/index.ts'
import { datasetByName } from '#shared/datasets/index.ts'
import type { Hit } from './hit.ts'
import type { Judging } from './judging.ts'
import type { Rule } from './rule.schema.ts'
import { type RuleOutcome, type RunOptions, runRules } from './runner.ts'
import { paymentView, type Sight, withUsedIndicators } from './sight.ts'

/** A payment that is not made yet: the dataset's columns as texts, under a number that no payment has. */
export type PlannedPayment = Readonly<Record<string, Parameter>> & { readonly payment_id: string }

const sights: readonly Sight[] = ['record', 'unit', 'counterparty']
const columns = Object.keys(datasetByName('payment')!.columns)

/**
 * Runs the rules of payments as if the payment were in the table, and keeps what it is to blame for: hits anchored at
 * it, and hits of a group (a unit's month, a chain of payments) that are not there, or otherwise, without it.
 */
export async function judgePlanned(
  parts: { readonly judging: Judging; readonly warehouse: Warehouse },
  payment: PlannedPayment,
  catalogue: readonly Rule[],
  options: Omit<RunOptions, 'available'>,
): Promise<readonly RuleOutcome[]> {
  const run = { ...options, available: new Set([...(await parts.judging.available()), 'payment']) }
  const one = (name: string) => (typeof payment[name] === 'string' ? [payment[name]] : [])
  const given = { units: one('unit_code'), accounts: one('payee_account'), indicators: one('indicator_id') }
  const keysFor = async (sight: Sight) =>
    sight === 'unit' ? inSession(parts.warehouse.open, (source) => withUsedIndicators(source, given)) : given
  const rows = { payment: [columns.map((name) => payment[name] ?? null)] }
  // Side by side: while the facts of one sight are fetched, the rules of another run.
  const judged = await Promise.all(
    sights.map(async (sight) => {
      const rules = catalogue.filter((rule) => rule.subject === 'payment' && rule.sight === sight)
      if (rules.length === 0) return []
      const view = { ...paymentView(sight, await keysFor(sight), 'false'), rows }
      const lane = parts.judging.lane(`planned by ${sight}`)
      return lane.over(view, (session) => blamed(session, payment.payment_id, rules, run))
    }),
  )
  return judged.flat()
}

async function blamed(
  session: WarehouseSession,
  paymentId: string,
  rules: readonly Rule[],
  run: RunOptions,
): Promise<readonly RuleOutcome[]> {
  const outcomes = await runRules(session, rules, run)
  const grouped = outcomes.filter(({ hits, suppressed }) => [...hits, ...suppressed].some(isOfGroup))
  await session.run(`delete from payment where payment_id = ${literal(paymentId)}`)
  const without = await runRules(
    session,
    grouped.map(({ rule }) => rule),
    run,
  )
  const before = new Set(without.flatMap(({ hits, suppressed }) => [...hits, ...suppressed].map(nameOf)))
  const mine = (hit: Hit) => (isOfGroup(hit) ? !before.has(nameOf(hit)) : hit.keys.payment_id === paymentId)
  return outcomes.map((outcome) => ({
    ...outcome,
    hits: outcome.hits.filter(mine),
    suppressed: outcome.suppressed.filter(mine),
  }))
}

/** Anchored at no payment: at a unit's year, a chain, an indicator. */
function isOfGroup({ keys }: Hit): boolean {
  return !keys.payment_id
}

function nameOf({ rule, anchor, evidenceHash }: Hit): string {
  return `${rule} ${anchor} ${evidenceHash}`
}
