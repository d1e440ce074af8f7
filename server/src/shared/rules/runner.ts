import { TimeLimitError, type WarehouseSession } from '#ground/warehouse/index.ts'
import type { RuleMode } from './configuration.schema.ts'
import { type Hit, hitOf } from './hit.ts'
import { boundParameters, effectiveParameters, type ParameterValues } from './parameters.ts'
import type { Rule } from './rule.schema.ts'

export interface RunOptions {
  readonly asOf: string
  /** Values in force that differ from the defaults, by rule code. */
  readonly parameters?: Readonly<Record<string, ParameterValues>>
  /** How each rule runs, by code; live unless said otherwise. A rule that is off is left out. */
  readonly modes?: Readonly<Record<string, RuleMode>>
  /** Versions of the configuration that the parameters and modes are of, by rule code. */
  readonly versions?: Readonly<Record<string, number>>
  /** Datasets that the session can read. */
  readonly available: ReadonlySet<string>
  /** A rule that needs longer is stopped, and the others go on. */
  readonly timeLimitMilliseconds?: number
}

export interface RuleOutcome {
  readonly rule: Rule
  readonly parameters: ParameterValues
  /** On trial its hits are kept and counted, and raise no alert. */
  readonly mode: Exclude<RuleMode, 'off'>
  /** Version of the configuration it ran with; 0: as shipped. */
  readonly configuration: number
  readonly state: 'ok' | 'failed' | 'timed_out' | 'not_computable'
  /** Datasets that are missing, for `not_computable`. */
  readonly missing: readonly string[]
  readonly error?: string
  readonly rowsRead: number
  readonly hits: readonly Hit[]
  /** Hits that a white-list entry covers. */
  readonly suppressed: readonly Hit[]
  readonly milliseconds: number
}

const defaultTimeLimit = 120_000

/** Runs rules one after the other. A rule that fails, is slow or lacks data says so in its outcome; the others run. */
export async function runRules(
  session: WarehouseSession,
  rules: readonly Rule[],
  options: RunOptions,
): Promise<readonly RuleOutcome[]> {
  const counts = new Map<string, number>()
  const outcomes: RuleOutcome[] = []
  for (const rule of rules) {
    const mode = options.modes?.[rule.code] ?? 'live'
    if (mode !== 'off') outcomes.push(await runRule(session, rule, mode, options, counts))
  }
  return outcomes
}

async function runRule(
  session: WarehouseSession,
  rule: Rule,
  mode: RuleOutcome['mode'],
  options: RunOptions,
  counts: Map<string, number>,
): Promise<RuleOutcome> {
  const started = performance.now()
  const parameters = effectiveParameters(rule, options.parameters?.[rule.code])
  const missing = rule.reads.required.filter((name) => !options.available.has(name))
  const configuration = options.versions?.[rule.code] ?? 0
  const nothing = { rowsRead: 0, hits: [], suppressed: [], milliseconds: 0 }
  const outcome = { rule, parameters, mode, configuration, missing, ...nothing }
  if (missing.length > 0) return { ...outcome, state: 'not_computable' }
  try {
    const rowsRead = await countRows(session, rule.subject, counts)
    const hits = await session.within(options.timeLimitMilliseconds ?? defaultTimeLimit, () =>
      queryHits(session, rule, parameters, options.asOf),
    )
    return {
      ...outcome,
      state: 'ok',
      rowsRead,
      hits: hits.filter((hit) => !hit.suppressed),
      suppressed: hits.filter((hit) => hit.suppressed),
      milliseconds: Math.round(performance.now() - started),
    }
  } catch (error) {
    return {
      ...outcome,
      state: error instanceof TimeLimitError ? 'timed_out' : 'failed',
      error: (error as Error).message,
      milliseconds: Math.round(performance.now() - started),
    }
  }
}

/** The rule's hits on what the session sees, each once. Throws when the rule breaks its own description. */
export async function queryHits(
  session: WarehouseSession,
  rule: Rule,
  parameters: ParameterValues,
  asOf: string,
): Promise<readonly Hit[]> {
  const rows = await session.rows(withExceptions(rule), {
    ...boundParameters(parameters, asOf),
    ...rule.bindings,
  })
  const hits = rows.map((row) => hitOf(rule, row))
  const anchors = new Set(hits.map((hit) => hit.anchor))
  if (anchors.size < hits.length) throw new Error(`${rule.code} returned two rows for one anchor`)
  return hits
}

/** The rule's text, with each hit marked that a white-list entry in force on its day covers. An empty column covers all. */
export function withExceptions(rule: Rule): string {
  return `with hit as (
${rule.sql}
)
select hit.*, exists (
  select 1 from rule_exception e
  where e.rule_code = '${rule.code}'
    and (e.unit_code is null or e.unit_code = hit.unit_code)
    and (e.economic_code is null or e.economic_code = hit.economic_code)
    and (e.counterparty is null or e.counterparty = hit.counterparty)
    and e.valid_from <= hit.on_date and (e.valid_to is null or e.valid_to >= hit.on_date)
) as suppressed
from hit`
}

async function countRows(
  session: WarehouseSession,
  dataset: string,
  counts: Map<string, number>,
): Promise<number> {
  const known = counts.get(dataset)
  if (known !== undefined) return known
  const [row] = await session.rows(`select cast(count(*) as integer) as n from ${dataset}`)
  const count = Number(row?.n)
  counts.set(dataset, count)
  return count
}
