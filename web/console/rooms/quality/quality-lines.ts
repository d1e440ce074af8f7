import type { MonthRate, Precision, RuleMissRate, RuleRecall } from './quality.ts'

/** A rule over all months, with a line for each month below it; or a rule in one month. */
export interface QualityLine {
  readonly key: string
  readonly rule: string
  /** Null over all months. */
  readonly month: string | null
  /** Whether it stands below the line of its rule. */
  readonly parent?: boolean
  readonly raised: number
  readonly confirmed: number
  readonly normal: number
  readonly expected: number
  readonly found: number
  readonly missed: number
  readonly judgedInSample: number
  /** Of what the samples missed; none where nothing was missed. */
  readonly estimate?: { readonly low: string | null; readonly high: string | null }
  readonly children?: readonly QualityLine[]
}

interface Given {
  readonly rules: readonly string[]
  readonly pack: string
  readonly month: string | undefined
  readonly precision: readonly Precision[]
  readonly recall: RuleRecall['rules']
  readonly misses: readonly RuleMissRate[]
  readonly samples: readonly MonthRate[]
}

/** Puts verdicts, recall and samples of a pack beside each other, rule by rule. */
export function qualityLines(given: Given): readonly QualityLine[] {
  const samples = given.samples.filter(({ pack }) => pack === given.pack)
  const misses = given.misses.filter(({ pack }) => pack === given.pack)
  const codes = [
    ...new Set([
      ...given.rules,
      ...given.precision.map(({ rule }) => rule),
      ...misses.map(({ rule }) => rule),
    ]),
  ]
  const lineOf = (rule: string, month: string | null, parent: boolean): QualityLine => {
    const inMonth = (one: { readonly month: string | null }) => month === null || one.month === month
    const verdicts = given.precision.filter((line) => line.rule === rule && inMonth(line))
    const known = given.recall.filter((line) => line.rule === rule && inMonth(line))
    const missed = misses.find((line) => line.rule === rule && line.month === month)
    const sum = <Line>(lines: readonly Line[], value: (line: Line) => number) =>
      lines.reduce((total, line) => total + value(line), 0)
    return {
      key: `${rule} ${month ?? ''}`,
      rule,
      month,
      parent,
      raised: sum(verdicts, (line) => line.raised),
      confirmed: sum(verdicts, (line) => line.confirmed),
      normal: sum(verdicts, (line) => line.normal),
      expected: sum(known, (line) => line.expected),
      found: sum(known, (line) => line.found),
      missed: missed?.missed ?? 0,
      judgedInSample: sum(samples.filter(inMonth), (line) => line.judged),
      ...(missed ? { estimate: { low: missed.low, high: missed.high } } : {}),
    }
  }
  if (given.month) return codes.map((rule) => lineOf(rule, given.month!, false))
  return codes.map((rule) => {
    const months = new Set(
      [...given.precision, ...misses].flatMap((line) =>
        line.rule === rule && line.month !== null ? [line.month] : [],
      ),
    )
    const children = [...months]
      .sort()
      .reverse()
      .map((month) => lineOf(rule, month, true))
    const line = lineOf(rule, null, false)
    return children.length > 0 ? { ...line, children } : line
  })
}
