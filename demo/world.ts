import { datasetByName } from '../server/src/shared/datasets/index.ts'
import type { Chance } from './random.ts'

export type Cell = string | number | boolean | null
export type Row = Readonly<Record<string, Cell>>

/** One line of the answer key: what a rule must find, or must not although it is near. */
export interface KeyLine {
  readonly rule: string
  readonly condition: string
  readonly kind: 'violation' | 'near_miss'
  /** The level to be found; null for a near miss. */
  readonly level: 'red' | 'yellow' | 'blue' | null
  /** The anchor, by the columns of the rule's identity. */
  readonly keys: Readonly<Record<string, string | number>>
  readonly note: string
}

export interface DemoUnit {
  readonly code: string
  readonly name: string
  readonly creditCode: string
  readonly region: string
  readonly parent: string | null
  readonly zeroAccount: string
  readonly basicAccount: string
}

export interface Party {
  readonly name: string
  readonly code: string
  readonly account: string
}

/** Everything the province consists of while it is being made. */
export interface World {
  readonly chance: Chance
  readonly asOf: string
  readonly units: DemoUnit[]
  readonly rows: ReadonlyMap<string, Row[]>
  readonly key: KeyLine[]
  add(dataset: string, row: Row): void
  /** The next number of a kind, so that no two records share an identifier. */
  next(kind: string): number
  violation(
    rule: string,
    condition: string,
    level: 'red' | 'yellow' | 'blue',
    keys: KeyLine['keys'],
    note: string,
  ): void
  nearMiss(rule: string, condition: string, keys: KeyLine['keys'], note: string): void
}

export function emptyWorld(chance: Chance, asOf: string): World {
  const rows = new Map<string, Row[]>()
  const counters = new Map<string, number>()
  const key: KeyLine[] = []
  return {
    chance,
    asOf,
    units: [],
    rows,
    key,
    add: (dataset, row) => {
      const known = datasetByName(dataset)?.columns
      const stranger = Object.keys(row).find((column) => !known?.[column])
      if (!known || stranger) throw new Error(`${dataset} has no column ${stranger}`)
      const list = rows.get(dataset)
      if (list) list.push(row)
      else rows.set(dataset, [row])
    },
    next: (kind) => {
      const value = (counters.get(kind) ?? 0) + 1
      counters.set(kind, value)
      return value
    },
    violation: (rule, condition, level, keys, note) => {
      key.push({ rule, condition, kind: 'violation', level, keys, note })
    },
    nearMiss: (rule, condition, keys, note) => {
      key.push({ rule, condition, kind: 'near_miss', level: null, keys, note })
    },
  }
}

/** An amount in yuan from fen that are not negative. */
export function yuan(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
}

/** An amount between two sums of yuan that is no round number: its fen are never zero. */
export function oddAmount(chance: Chance, from: number, to: number): string {
  return yuan(chance.between(from, to - 1) * 100 + chance.between(1, 99))
}
