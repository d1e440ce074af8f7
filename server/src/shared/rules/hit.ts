import { createHash } from 'node:crypto'
import { fenOf, groupedYuan, yuanOf } from '#ground/money/index.ts'
import type { Row } from '#ground/warehouse/index.ts'
import { type Level, levels, type Rule } from './rule.schema.ts'
import type { fixedColumns } from './rule-checks.ts'

/** What one rule found at one anchor. */
export interface Hit {
  readonly rule: string
  readonly ruleVersion: string
  readonly level: Level
  readonly condition: string
  readonly unitCode: string | null
  readonly onDate: string
  /** The identity columns: what the hit is anchored at. */
  readonly keys: Readonly<Record<string, string | number>>
  /** One text for the keys, equal for equal anchors of any rule: an alert gathers the hits of one pack at one anchor. */
  readonly anchor: string
  /** Yuan with two decimals. */
  readonly amount: string
  readonly counterparty: string | null
  readonly economicCode: string | null
  readonly message: { readonly zh: string; readonly en: string }
  readonly evidence: Readonly<Record<string, unknown>>
  /** SHA-256 over level, amount and evidence: when it changes, the hit has new evidence. */
  readonly evidenceHash: string
  /** Whether a white-list entry covers it: it is counted and shown as suppressed, and raises no alert. */
  readonly suppressed: boolean
}

/** Makes a hit of a row of the rule's query. Throws where the row breaks the contract of docs/rules.md. */
export function hitOf(rule: Rule, row: Row): Hit {
  const keys = Object.fromEntries(rule.identity.map((name) => [name, keyOf(rule, row, name)]))
  const evidence = Object.fromEntries(rule.evidence.map(({ name }) => [name, columnOf(rule, row, name)]))
  const level = columnOf(rule, row, 'level') as Level
  if (!rule.levels.some((declared) => declared.level === level)) throw broken(rule, `level ${String(level)}`)
  const condition = String(columnOf(rule, row, 'condition'))
  if (!rule.conditions.some(({ key }) => key === condition)) throw broken(rule, `condition ${condition}`)
  const onDate = columnOf(rule, row, 'on_date')
  if (typeof onDate !== 'string') throw broken(rule, 'on_date empty')
  const amount = yuanOf(fenOf(String(columnOf(rule, row, 'amount'))))
  const shown = { ...row, amount }
  return {
    rule: rule.code,
    ruleVersion: rule.version,
    level,
    condition,
    unitCode: textOrNull(columnOf(rule, row, 'unit_code')),
    onDate,
    keys,
    anchor: Object.entries(keys)
      .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
      .join('&'),
    amount,
    counterparty: textOrNull(columnOf(rule, row, 'counterparty')),
    economicCode: textOrNull(columnOf(rule, row, 'economic_code')),
    message: { zh: sentence(rule, rule.message.zh, shown), en: sentence(rule, rule.message.en, shown) },
    evidence,
    evidenceHash: createHash('sha256')
      .update(JSON.stringify([level, condition, amount, evidence]))
      .digest('hex'),
    suppressed: row.suppressed === true,
  }
}

/** The order of hits wherever they are listed: rule, heaviest level first, unit, keys. */
export function compareHits(left: Hit, right: Hit): number {
  return (
    compare(left.rule, right.rule) ||
    levels.indexOf(left.level) - levels.indexOf(right.level) ||
    compare(left.unitCode ?? '', right.unitCode ?? '') ||
    compare(left.anchor, right.anchor)
  )
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

function broken(rule: Rule, what: string): Error {
  return new Error(`${rule.code} returned a row with ${what}, which its description does not allow`)
}

function columnOf(rule: Rule, row: Row, name: string): unknown {
  const value = row[name]
  if (value === undefined) throw broken(rule, `no column ${name}`)
  return value
}

function keyOf(rule: Rule, row: Row, name: string): string | number {
  const value = columnOf(rule, row, name)
  if (typeof value === 'string' || typeof value === 'number') return value
  throw broken(rule, `an empty identity column ${name}`)
}

function textOrNull(value: unknown): string | null {
  return value === null ? null : String(value)
}

const kinds: Readonly<Record<(typeof fixedColumns)[number], string>> = {
  unit_code: 'text',
  on_date: 'date',
  amount: 'money',
  level: 'text',
  condition: 'text',
  counterparty: 'text',
  economic_code: 'text',
}

function sentence(rule: Rule, template: string, row: Row): string {
  const kindOf = (name: string) =>
    rule.evidence.find((column) => column.name === name)?.kind ??
    (kinds as Record<string, string>)[name] ??
    'text'
  return template.replace(/\{(\w+)\}/g, (_whole, name: string) => shownValue(row[name], kindOf(name)))
}

function shownValue(value: unknown, kind: string): string {
  if (value === null || value === undefined || value === '') return '—'
  if (kind === 'money') return groupedYuan(fenOf(String(value)))
  if (kind === 'ratio') return `${percent(String(value))}%`
  return String(value)
}

/** A ratio's decimal text as a percentage with at most one decimal, half up, without a float. */
function percent(ratio: string): string {
  const [whole = '0', decimals = ''] = ratio.replace('-', '').split('.')
  const thousandths = BigInt(whole + decimals.padEnd(4, '0').slice(0, 4))
  const tenths = (thousandths + 5n) / 10n
  const sign = ratio.startsWith('-') ? '-' : ''
  return tenths % 10n === 0n ? `${sign}${tenths / 10n}` : `${sign}${tenths / 10n}.${tenths % 10n}`
}
