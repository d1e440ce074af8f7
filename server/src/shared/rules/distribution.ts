import { fenOf, yuanOf } from '#ground/money/index.ts'
import type { WarehouseSession } from '#ground/warehouse/index.ts'
import { boundParameters, type ParameterValues } from './parameters.ts'
import type { Rule } from './rule.schema.ts'
import { withExceptions } from './runner.ts'

/** How the amounts lie that a rule's main threshold cuts through. */
export interface Distribution {
  readonly parameter: string
  /** When an amount is a hit: at least, above or below the threshold. */
  readonly holds: 'at_least' | 'above' | 'below'
  readonly from: string
  readonly to: string
  /** The threshold in force, yuan. */
  readonly value: string
  /** Thresholds that were tried, ascending, yuan; the one in force is among them. */
  readonly thresholds: readonly string[]
  /** How many hits each of them gives, by this condition alone. */
  readonly hits: readonly number[]
  /** Hits that rest on another condition too, and stay whatever the threshold is. */
  readonly others: number
}

/** Steps within a decade that people choose thresholds from. */
const steps = [10, 12, 15, 20, 25, 30, 40, 50, 60, 80]

const timeLimit = 60_000

/**
 * Runs the rule with its main threshold as loose as its bounds allow and counts, by amount, how many of its hits of a
 * period each threshold would leave. Exact at every threshold that it names. Undefined where a rule names no main one.
 */
export async function readDistribution(
  session: WarehouseSession,
  rule: Rule,
  parameters: ParameterValues,
  period: { readonly from: string; readonly to: string },
): Promise<Distribution | undefined> {
  const { threshold } = rule
  const definition = rule.parameters.find(({ name }) => name === threshold?.parameter)
  if (!threshold || definition?.min === undefined || definition.max === undefined) return undefined
  const { parameter, holds, condition, up_to: upTo } = threshold
  const most = upTo ? Math.min(definition.max, Number(parameters[upTo])) : definition.max
  const value = yuanOf(fenOf(String(parameters[parameter])))
  const thresholds = edges(definition.min, most, value)
  const loosest = holds === 'below' ? definition.max : definition.min
  const alone = condition ? `conditions = '${condition}'` : 'true'
  const rows = await session.within(timeLimit, () =>
    session.rows(
      `select ${bucketOf(thresholds, holds, alone)} as bucket, cast(count(*) as integer) as hits
        from (${withExceptions(rule)}) found
        where not suppressed and on_date between cast($from_day as date) and cast($to_day as date)
        group by 1`,
      {
        ...boundParameters({ ...parameters, [parameter]: loosest }, period.to),
        from_day: period.from,
        to_day: period.to,
      },
    ),
  )
  const counts = thresholds.map((_edge, place) => countOf(rows, place))
  return {
    parameter,
    holds,
    ...period,
    value,
    thresholds,
    hits: counts.map((_count, place) =>
      sum(holds === 'below' ? counts.slice(0, place + 1) : counts.slice(place)),
    ),
    others: countOf(rows, -1),
  }
}

/** Round thresholds from the smallest to the largest that the bounds allow, with the one in force among them. */
function edges(min: number, max: number, value: string): string[] {
  const found = new Set([value, yuanOf(fenOf(String(min))), yuanOf(fenOf(String(max)))])
  for (let decade = 1; decade <= max; decade *= 10) {
    for (const step of steps) {
      const edge = (decade * step) / 10
      if (edge > min && edge < max && Number.isInteger(edge)) found.add(yuanOf(fenOf(String(edge))))
    }
  }
  return [...found].sort((left, right) => Number(fenOf(left) - fenOf(right)))
}

/** The place of the strictest threshold that still makes the amount a hit; -1 where other conditions make it one anyway. */
function bucketOf(thresholds: readonly string[], holds: Distribution['holds'], alone: string): string {
  const sign = { at_least: '>=', above: '>', below: '<' }[holds]
  const ordered = thresholds.map((edge, place) => ({ edge, place }))
  const tried = holds === 'below' ? ordered : ordered.reverse()
  const cases = tried.map(
    ({ edge, place }) => `when amount ${sign} cast('${edge}' as numeric(18,2)) then ${place}`,
  )
  return `case when not (${alone}) then -1 ${cases.join(' ')} else -2 end`
}

function countOf(rows: readonly Record<string, unknown>[], bucket: number): number {
  return Number(rows.find((row) => Number(row.bucket) === bucket)?.hits ?? 0)
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
