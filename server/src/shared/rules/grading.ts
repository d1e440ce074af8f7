import { fenOf } from '#ground/money/index.ts'
import { type Level, levels } from './rule.schema.ts'

/**
 * A row of a pack's decision table (`grading` in `pack.yaml`): all its conditions must hold, and a row without any
 * always does. The first row that holds decides; there is no score.
 */
export interface GradingRow {
  readonly level: Level
  readonly title: { readonly zh: string; readonly en: string }
  /** At least one hit has one of these levels. */
  readonly hit_level?: readonly Level[] | undefined
  /** At least one hit is of one of these rules. */
  readonly rules?: readonly string[] | undefined
  /** At least one hit rests on one of these conditions, `RULE.condition`. */
  readonly conditions?: readonly string[] | undefined
  /** Hits of at least so many different rules. */
  readonly min_rules?: number | undefined
  /** The largest amount at stake, yuan, inclusive. */
  readonly min_amount?: number | string | undefined
}

/** What the table looks at in a hit; `amount` in yuan with two decimals. */
export interface GradedHit {
  readonly rule: string
  readonly level: Level
  readonly condition: string
  readonly amount: string
}

export interface Grade {
  readonly level: Level
  /** Place of the row that decided, from 1; undefined where none held and the heaviest hit decided. */
  readonly position: number | undefined
  /** Why, in words for the reader. */
  readonly reason: { readonly zh: string; readonly en: string }
}

const unlisted = { zh: '最高命中级别', en: 'the heaviest hit' }

/** The level of an alert from all hits at its anchor, suppressed ones left out. Throws for an alert without hits. */
export function gradeOf(table: readonly GradingRow[], hits: readonly GradedHit[]): Grade {
  if (hits.length === 0) throw new RangeError('an alert has at least one hit')
  const place = table.findIndex((row) => holds(row, hits))
  const row = table[place]
  if (row) return { level: row.level, position: place + 1, reason: row.title }
  const heaviest = levels.find((level) => hits.some((hit) => hit.level === level))
  return { level: heaviest ?? 'blue', position: undefined, reason: unlisted }
}

function holds(row: GradingRow, hits: readonly GradedHit[]): boolean {
  return (
    (!row.hit_level || hits.some(({ level }) => row.hit_level?.includes(level))) &&
    (!row.rules || hits.some(({ rule }) => row.rules?.includes(rule))) &&
    (!row.conditions ||
      hits.some(({ rule, condition }) => row.conditions?.includes(`${rule}.${condition}`))) &&
    (row.min_rules === undefined || new Set(hits.map(({ rule }) => rule)).size >= row.min_rules) &&
    (row.min_amount === undefined || reaches(hits, String(row.min_amount)))
  )
}

function reaches(hits: readonly GradedHit[], threshold: string): boolean {
  const least = fenOf(threshold)
  return hits.some(({ amount }) => fenOf(amount) >= least)
}
