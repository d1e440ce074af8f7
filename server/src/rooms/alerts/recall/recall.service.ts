import { type Caller, type Database, systemCaller } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'
import { type ExampleResult, type HitAtAnchor, hitsAt, type Rule } from '#shared/rules/index.ts'
import { countPlanted, insertPlanted, type PlantedRow, readPlanted } from './planted.store.ts'
import type { RecallRows, RuleRecall } from './recall.schema.ts'

/** A violation that a demo province was given, as its answer key says it. */
export interface PlantedViolation {
  readonly rule: string
  readonly condition: string
  readonly level: string
  readonly keys: Readonly<Record<string, string | number>>
  readonly note: string
}

/**
 * How much of what there was to find the rules found. In a demo: of the rows that were planted, which the rules know
 * nothing of. Elsewhere nobody knows what there is to find; then it is the examples of the rules that must hold.
 */
export interface Recall {
  byRule(caller: Caller): Promise<RuleRecall>
  rows(caller: Caller, rule: string): Promise<RecallRows>
  /** Keeps what was planted beside what the rules have found of it. */
  measure(planted: readonly PlantedViolation[]): Promise<void>
}

const unknownRule = defineError('alerts.unknown_rule', 404, '没有规则 {rule}。', 'There is no rule {rule}.')

export function createRecall(dependencies: {
  readonly database: Database
  readonly catalogue: readonly Rule[]
  readonly demo: boolean
  /** Runs the examples of a rule; asked once for each. */
  readonly runExamples: (rule: Rule) => Promise<readonly ExampleResult[]>
}): Recall {
  const { database, catalogue, demo, runExamples } = dependencies
  const results = new Map<string, Promise<readonly ExampleResult[]>>()
  const examplesOf = async (rule: Rule) => {
    const running = results.get(rule.code) ?? runExamples(rule)
    results.set(rule.code, running)
    const found = await running
    return rule.examples.cases
      .map(({ name, condition, hits }, at) => ({
        name,
        condition,
        hits,
        passed: found[at]!.faults.length === 0,
      }))
      .filter(({ hits }) => hits.length > 0)
      .map(({ name, condition, passed }) => ({ name, condition, passed }))
  }
  const ruleOf = (code: string) => {
    const rule = catalogue.find((known) => known.code === code)
    if (!rule) throw unknownRule({ rule: code })
    return rule
  }
  return {
    byRule: async (caller) => {
      if (demo) return { source: 'planted', rules: await database.asCaller(caller, countPlanted) }
      const rules: RuleRecall['rules'] = []
      for (const rule of catalogue) {
        const examples = await examplesOf(rule)
        const found = examples.filter(({ passed }) => passed).length
        rules.push({ rule: rule.code, month: null, expected: examples.length, found })
      }
      return { source: 'examples', rules }
    },
    rows: async (caller, code) => {
      const rule = ruleOf(code)
      if (!demo) return { source: 'examples', planted: [], examples: await examplesOf(rule) }
      const planted = await database.asCaller(caller, (trx) => readPlanted(trx, code))
      return { source: 'planted', planted, examples: [] }
    },
    measure: (planted) =>
      database.asCaller(systemCaller, async (trx) => {
        const placed = planted.map((violation) => ({ violation, rule: ruleOf(violation.rule) }))
        const wanted = placed.map(({ violation, rule }) => ({
          rule: rule.code,
          anchor: anchorOf(rule, violation),
        }))
        const found = await hitsAt(trx, wanted)
        await insertPlanted(
          trx,
          placed.map(({ violation, rule }, at) => plantedRow(violation, rule, wanted[at]!.anchor, found)),
        )
      }),
  }
}

/** The anchor as hits write it: the identity's columns in their order. */
function anchorOf({ identity }: Rule, { keys }: PlantedViolation): string {
  return identity.map((name) => `${name}=${encodeURIComponent(String(keys[name] ?? ''))}`).join('&')
}

function plantedRow(
  { condition, level, note, keys }: PlantedViolation,
  rule: Rule,
  anchor: string,
  found: readonly HitAtAnchor[],
): PlantedRow {
  const hit = found.find((one) => one.rule === rule.code && one.anchor === anchor)
  const unitCode = hit?.unitCode ?? (keys.unit_code === undefined ? null : String(keys.unit_code))
  return {
    pack: rule.pack,
    rule: rule.code,
    condition,
    level,
    anchor,
    note,
    unitCode,
    onDate: hit?.onDate ?? null,
    foundLevel: hit?.level ?? null,
    personKeys: hit?.personKeys ?? [],
  }
}
