import type { RuleProcessor } from '@react-querybuilder/core'
import { formatQuery } from '@react-querybuilder/core/formatQuery'
import { sqlType } from '#shared/datasets/index.ts'
import type { ComposableDataset } from './composable-datasets.ts'
import { type Condition, type ConditionGroup, type Operator, valuesOf, valueText } from './composed-query.ts'

export interface CompiledCondition {
  readonly sql: string
  readonly bindings: Readonly<Record<string, string>>
}

type Comparison = (column: string, values: readonly string[]) => string

/**
 * What both engines mean alike. An empty cell is unlike every value: "is not", "does not contain" hold for it. No
 * `like`: its signs for "anything" would have to be escaped, and the engines do not agree on how.
 */
const comparisons: Readonly<Record<Operator, Comparison>> = {
  '=': (column, [value]) => `${column} = ${value}`,
  '!=': (column, [value]) => `(${column} is null or ${column} <> ${value})`,
  '<': (column, [value]) => `${column} < ${value}`,
  '<=': (column, [value]) => `${column} <= ${value}`,
  '>': (column, [value]) => `${column} > ${value}`,
  '>=': (column, [value]) => `${column} >= ${value}`,
  between: (column, [from, to]) => `(${column} >= ${from} and ${column} <= ${to})`,
  notBetween: (column, [from, to]) => `(${column} is null or ${column} < ${from} or ${column} > ${to})`,
  in: (column, values) => `${column} in (${values.join(', ')})`,
  notIn: (column, values) => `(${column} is null or ${column} not in (${values.join(', ')}))`,
  contains: (column, [value]) => `strpos(coalesce(${column}, ''), ${value}) > 0`,
  doesNotContain: (column, [value]) => `strpos(coalesce(${column}, ''), ${value}) = 0`,
  beginsWith: (column, [value]) => `left(coalesce(${column}, ''), length(${value})) = ${value}`,
  doesNotBeginWith: (column, [value]) => `left(coalesce(${column}, ''), length(${value})) <> ${value}`,
  endsWith: (column, [value]) => `right(coalesce(${column}, ''), length(${value})) = ${value}`,
  null: (column) => `${column} is null`,
  notNull: (column) => `${column} is not null`,
}

/**
 * Compiles a query that has no faults to a condition on the records `r`. The library puts the groups together and names
 * the parameters; every value is bound under such a name, with the type of its column.
 */
export function compileCondition({ dataset }: ComposableDataset, query: ConditionGroup): CompiledCondition {
  const bindings: Record<string, string> = {}
  const ruleProcessor: RuleProcessor = (rule, options) => {
    const { field, operator, value } = rule as unknown as Condition
    const column = dataset.columns[field]
    const name = options?.getNextNamedParam
    if (!column || !name) throw new Error(`${dataset.name} has no column ${field}`)
    const placeholders = valuesOf(operator, value).map((one) => {
      const text = valueText(column, one)
      if (text === undefined) throw new Error(`a value that ${field} cannot have`)
      const parameter = name(field)
      bindings[parameter] = text
      return `cast($${parameter} as ${sqlType(column)})`
    })
    return { sql: comparisons[operator](`r.${field}`, placeholders), params: {} }
  }
  const { sql } = formatQuery(query as never, {
    format: 'parameterized_named',
    paramPrefix: '$',
    ruleProcessor,
  })
  return { sql, bindings }
}
