import type { KeyLine } from './world.ts'

/** What a rule run reports of a hit, as `evaluate` writes it. */
export interface ReportedHit {
  readonly rule: string
  readonly level: string
  readonly keys: Readonly<Record<string, string | number>>
}

export interface RuleScore {
  readonly rule: string
  readonly planted: number
  /** Planted violations that were found with the level that the key says. */
  readonly found: number
  readonly wrongLevel: number
  readonly missed: readonly KeyLine[]
  /** Hits that the key does not know. */
  readonly unexpected: readonly ReportedHit[]
  /** Planted near misses that were hit. */
  readonly nearMissesHit: readonly KeyLine[]
  readonly nearMisses: number
  readonly precision: number
  readonly recall: number
}

/** Compares what was found with the answer key, rule by rule. */
export function score(hits: readonly ReportedHit[], key: readonly KeyLine[]): readonly RuleScore[] {
  const found = Map.groupBy(hits, (hit) => hit.rule)
  const known = Map.groupBy(key, (line) => line.rule)
  const rules = new Set([...known.keys(), ...found.keys()])
  return [...rules].sort().map((rule) => scoreOf(rule, found.get(rule) ?? [], known.get(rule) ?? []))
}

function scoreOf(rule: string, hits: readonly ReportedHit[], key: readonly KeyLine[]): RuleScore {
  const byAnchor = new Map(hits.map((hit) => [anchorOf(hit.keys), hit]))
  const violations = key.filter((line) => line.kind === 'violation')
  const nearMisses = key.filter((line) => line.kind === 'near_miss')
  const expected = new Set(violations.map((line) => anchorOf(line.keys)))
  const missed = violations.filter((line) => !byAnchor.has(anchorOf(line.keys)))
  const right = violations.filter((line) => byAnchor.get(anchorOf(line.keys))?.level === line.level)
  const unexpected = hits.filter((hit) => !expected.has(anchorOf(hit.keys)))
  return {
    rule,
    planted: violations.length,
    found: right.length,
    wrongLevel: violations.length - missed.length - right.length,
    missed,
    unexpected,
    nearMissesHit: nearMisses.filter(
      (line) => byAnchor.has(anchorOf(line.keys)) && !expected.has(anchorOf(line.keys)),
    ),
    nearMisses: nearMisses.length,
    precision: hits.length === 0 ? 1 : right.length / hits.length,
    recall: violations.length === 0 ? 1 : right.length / violations.length,
  }
}

function anchorOf(keys: Readonly<Record<string, string | number>>): string {
  return Object.keys(keys)
    .sort()
    .map((name) => `${name}=${keys[name]}`)
    .join('&')
}

/** The scores as a table of text. */
export function scoreTable(scores: readonly RuleScore[]): string {
  const head = [
    'rule',
    'planted',
    'found',
    'wrong level',
    'unexpected',
    'near misses',
    'of them hit',
    'precision',
    'recall',
  ]
  const rows = scores.map((one) => [
    one.rule,
    String(one.planted),
    String(one.found),
    String(one.wrongLevel),
    String(one.unexpected.length),
    String(one.nearMisses),
    String(one.nearMissesHit.length),
    one.precision.toFixed(2),
    one.recall.toFixed(2),
  ])
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  )
  return [head, ...rows]
    .map((row) => row.map((cell, column) => cell.padStart(widths[column]!)).join('  '))
    .join('\n')
}
